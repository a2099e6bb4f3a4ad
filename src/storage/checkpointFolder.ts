import { join } from 'node:path'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import { type Hold, removeAll } from '../io/hold.ts'
import { namesIn } from '../io/namesIn.ts'
import { stepOfName } from './checkpoint.ts'
import type { RunPaths } from './runFolder.ts'

/** The steps of a run's checkpoints, newest first. None if their folder is gone. */
export const checkpointSteps = ({ checkpoints }: RunPaths): TE.TaskEither<FileError, readonly number[]> =>
  pipe(
    namesIn(checkpoints),
    TE.map((names) =>
      names
        .map(stepOfName)
        .filter((step) => step !== undefined)
        .sort((a, b) => b - a),
    ),
  )

/** How often checkpoints are saved, and how many are kept: 2 by default. */
export interface Keeping {
  readonly saveEvery: number
  readonly keep?: number | 'all'
}

const usualCount = 2

/**
 * Whether a checkpoint stays when the one of step `newest` is saved. The last `keep` at regular steps stay. One that an interruption
 * or a timer saved in between is removed with the next one, so that a resumed run shows no trace of it.
 */
export const isKept = (other: number, newest: number, { saveEvery, keep = usualCount }: Keeping): boolean => {
  if (other === newest) return true
  if (other > newest || other % saveEvery !== 0) return false
  const before = saveEvery * (Math.ceil(newest / saveEvery) - 1)
  return keep === 'all' || other >= before - (keep - 2) * saveEvery
}

/** Removes the checkpoints that are not to be kept, and no other files. */
export const removeCheckpoints = (
  { checkpoints }: RunPaths,
  unwanted: (step: number) => boolean,
  hold: Hold,
): TE.TaskEither<FileError, void> =>
  pipe(
    namesIn(checkpoints),
    TE.map((names) => names.filter((name) => isSome(stepOfName(name), unwanted))),
    TE.flatMap((names) =>
      removeAll(
        names.map((name) => join(checkpoints, name)),
        hold,
      ),
    ),
  )

const isSome = (step: number | undefined, is: (step: number) => boolean): boolean => step !== undefined && is(step)
