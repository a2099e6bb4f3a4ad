import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../errors/backendError.ts'
import type { Saved } from '../errors/ended.ts'
import type { FileError } from '../errors/fileError.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import type { CheckpointSampler } from './checkpointSampler.ts'
import type { TrainEvent } from './events.ts'
import type { Recorder } from './recorder.ts'
import type { Session } from './session.ts'

/** The errors that end a run after it has begun. */
export type Ending = BackendError | FileError | NotFinite

/** Saves checkpoints during training, and knows the last one. Without a recorder it saves none. */
export interface CheckpointKeeper {
  /** The last complete checkpoint. */
  readonly saved: () => Saved | undefined
  /** Whether there is nothing to save: this step's state is saved already, or there is no recorder. */
  readonly isKept: () => boolean
  /** Seconds since the last checkpoint, or since the start. */
  readonly secondsSince: () => number
  /** Saves the state, and samples first if wanted. A step's checkpoint is written last. */
  readonly save: (samples: boolean) => TE.TaskEither<Ending, void>
}

interface Kept {
  readonly session: Pick<Session, 'step' | 'read'>
  /** Takes the samples; absent if the game has none. */
  readonly checkpointSampler: Pick<CheckpointSampler, 'take'> | undefined
  readonly recorder: Recorder | undefined
  readonly onEvent: (event: TrainEvent) => void
  /** The checkpoint from which the run continues. */
  readonly from: Saved | undefined
  /** A clock in milliseconds. */
  readonly now?: () => number
}

export const createCheckpointKeeper = ({
  session,
  checkpointSampler,
  recorder,
  onEvent,
  from,
  now = () => performance.now(),
}: Kept): CheckpointKeeper => {
  let saved = from
  let savedAt = now()

  const know = (checkpoint: Saved): void => {
    saved = checkpoint
    savedAt = now()
    onEvent({ type: 'checkpoint', ...checkpoint })
  }
  const takeSamples = (kept: Recorder, step: number): TE.TaskEither<Ending, void> =>
    checkpointSampler === undefined
      ? TE.right(undefined)
      : pipe(
          checkpointSampler.take,
          TE.flatMap((taken): TE.TaskEither<Ending, string> => kept.samples(step, taken)),
          TE.map((path) => onEvent({ type: 'samples', step, path })),
        )
  const saveIn = (kept: Recorder, samples: boolean): TE.TaskEither<Ending, void> => {
    const step = session.step()
    return pipe(
      session.read(),
      TE.bindTo('state'),
      TE.chainFirst((): TE.TaskEither<Ending, void> => (samples ? takeSamples(kept, step) : TE.right(undefined))),
      TE.flatMap(({ state }): TE.TaskEither<Ending, string> => kept.checkpoint(step, state)),
      TE.map((path) => know({ step, path })),
    )
  }
  return {
    saved: () => saved,
    isKept: () => recorder === undefined || saved?.step === session.step(),
    secondsSince: () => (now() - savedAt) / 1000,
    save: (samples) => (recorder === undefined ? TE.right(undefined) : saveIn(recorder, samples)),
  }
}
