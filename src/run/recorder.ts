import type { TaskEither } from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import type { Costs } from './costs.ts'
import type { Samples } from './sampler.ts'

/** Records a run's costs, samples and checkpoints, for example in a folder. Samples and checkpoints return their path. */
export interface Recorder {
  /** Records each player's costs from step `first` on. Called in order, without gaps. */
  readonly costs: (first: number, costs: Costs) => TaskEither<FileError, void>
  readonly samples: (step: number, samples: Samples) => TaskEither<FileError, string>
  /** Called after everything of the steps before it has been recorded. */
  readonly checkpoint: (step: number, state: HostTensors) => TaskEither<FileError, string>
}
