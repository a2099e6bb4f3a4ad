import type { TaskEither } from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import type { Costs } from './costs.ts'
import type { Samples } from './sampler.ts'

/** Keeps what a run makes, as a run folder does. Samples and checkpoints answer where they are. */
export interface Recorder {
  /** What each player minimised in the steps from `first`; called in order, without gaps. */
  readonly costs: (first: number, costs: Costs) => TaskEither<FileError, void>
  readonly samples: (step: number, samples: Samples) => TaskEither<FileError, string>
  /** Called after all that belongs to the steps before it. */
  readonly checkpoint: (step: number, state: HostTensors) => TaskEither<FileError, string>
}
