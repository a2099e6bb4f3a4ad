import type * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/core/backend.ts'
import { using } from '../backends/core/using.ts'
import type { Compiled } from '../compile/compile.ts'
import type { DataSources } from '../data/datasets.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { createDrawSource } from '../run/draws.ts'
import { createRandom } from '../run/random/random.ts'
import type { Subject } from './ask.ts'

/** A game that was trained, and where its state can be computed with. */
export interface TrainedGame {
  readonly compiled: Compiled
  readonly backend: Backend
  readonly dataSources: DataSources
  readonly state: HostTensors
  /** Of the draws on which the game is measured. */
  readonly seed: number
}

/** Puts a trained game's state on its backend, for as long as the game is asked. */
export const withTrained = <E, A>(
  { compiled, backend, dataSources, state, seed }: TrainedGame,
  use: (subject: Subject) => TE.TaskEither<E, A>,
): TE.TaskEither<E | BackendError, A> =>
  using(backend.store(state), (store) =>
    use({ elaborated: compiled, store, drawSource: createDrawSource(createRandom(), seed, dataSources) }),
  )
