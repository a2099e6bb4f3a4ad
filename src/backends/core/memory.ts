import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import type { Shape } from '../../ir/program.ts'
import type { Named, Over } from './limits.ts'

/** Tensors of a device by name. */
export type Tensors<T> = { readonly [name: string]: T }

/** What a store needs of a device's memory. `T` is a tensor there, which is replaced and never written to. */
export interface Memory<T> {
  /** The backend's name, which its errors carry. */
  readonly backend: string
  readonly shapeOf: (tensor: T) => Shape
  /** Puts the host's tensors on the device. Their arrays stay the caller's: it may change them at once. */
  readonly upload: (tensors: HostTensors) => TaskEither<BackendError, Tensors<T>>
  /** The values of tensors. They may be the device's own memory: the store neither changes nor keeps them. */
  readonly view: (tensors: Tensors<T>) => TaskEither<BackendError, HostTensors>
  /** Takes back a tensor that nobody holds any more; the store calls it once for each. */
  readonly free: (tensor: T) => void
  /** The first tensor that the device has no room for in one piece; absent where the host's memory is the only limit. */
  readonly overLimits?: (tensors: readonly Named[]) => Promise<Over | undefined>
}
