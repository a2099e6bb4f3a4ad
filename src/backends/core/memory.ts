import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import type { Shape } from '../../ir/program.ts'
import type { Named, Over } from './limits.ts'

/** Tensors of a device by name. */
export type Tensors<T> = { readonly [name: string]: T }

/** The interface of a device's memory for the store. `T` is a tensor there. Tensors are immutable: they are replaced, never written to. */
export interface Memory<T> {
  /** The backend's name, for errors. */
  readonly backend: string
  readonly shapeOf: (tensor: T) => Shape
  /** Copies tensors from the host to the device. The caller may change the arrays right after. */
  readonly upload: (tensors: HostTensors) => TaskEither<BackendError, Tensors<T>>
  /** Reads tensors. The result may be the device's own memory, so the store neither changes nor keeps it. */
  readonly view: (tensors: Tensors<T>) => TaskEither<BackendError, HostTensors>
  /** Frees a tensor without references. The store calls it once per tensor. */
  readonly free: (tensor: T) => void
  /** Finds the first tensor that is too large for the device. Absent if only the host's memory is limited. */
  readonly overLimits?: (tensors: readonly Named[]) => Promise<Over | undefined>
}
