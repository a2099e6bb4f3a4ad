import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'
import type { Feeds } from './backend.ts'
import type { Tensors } from './memory.ts'

/** The result of steps: new tensors, which the store then owns, and the metrics of all steps. */
export interface Made<T> {
  readonly written: Tensors<T>
  readonly metrics: { readonly [metric: string]: Floats }
}

/** A program compiled for a device. It owns no state; the store passes it in. */
export interface Compiled<T> {
  /** Runs the steps of a call. Leaves the initial state unchanged. If a step fails, frees everything that it made. */
  readonly run: (state: Tensors<T>, feeds: Feeds) => TaskEither<BackendError, Made<T>>
  /** Frees the program. The store calls it once. */
  readonly dispose: () => void
}

/** How a backend compiles a program: lowers it, and opens a session for it. */
export type Compile<T> = (program: Program) => TaskEither<BackendError, Compiled<T>>
