import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'
import type { Feeds } from './backend.ts'
import type { Tensors } from './memory.ts'

/** What steps make: new tensors, which are the store's from then on, and the metrics of all steps. */
export interface Made<T> {
  readonly written: Tensors<T>
  readonly metrics: { readonly [metric: string]: Floats }
}

/** A program made ready on a device. It owns no state: the store hands it the state that it starts from. */
export interface Compiled<T> {
  /** Runs the steps of a call. The state that they start from stays as it is; where a step fails, what was made is freed. */
  readonly run: (state: Tensors<T>, feeds: Feeds) => TaskEither<BackendError, Made<T>>
  /** The store calls it once. */
  readonly dispose: () => void
}

/** How a backend makes a program ready: it lowers the program, and opens what runs it. */
export type Compile<T> = (program: Program) => TaskEither<BackendError, Compiled<T>>
