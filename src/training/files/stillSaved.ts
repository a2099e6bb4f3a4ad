import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Diverged, Halted, TrainError } from '../errors.ts'
import { readCheckpoint } from './checkpoint.ts'

const without = (error: Diverged | Halted): Diverged | Halted => {
  const { saved: _, ...rest } = error
  return rest
}

/** Fails as it did, but names a checkpoint only where it is there and whole: a folder may have been removed meanwhile. */
export const stillSaved = (error: TrainError): TE.TaskEither<TrainError, never> =>
  (error.type === 'Diverged' || error.type === 'Halted') && error.saved !== undefined
    ? pipe(
        readCheckpoint(error.saved.path, ''),
        TE.matchEW(
          () => TE.left(without(error)),
          () => TE.left(error),
        ),
      )
    : TE.left(error)
