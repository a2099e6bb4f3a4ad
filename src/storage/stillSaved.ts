import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Diverged, Halted, Remains } from '../errors/ended.ts'
import type { TrainError } from '../errors/failure.ts'
import { checkpointName, readCheckpoint } from './checkpoint.ts'
import { checkpointSteps } from './checkpointFolder.ts'
import type { RunPaths } from './runFolder.ts'

/** The newest undamaged checkpoint, and why a newer one could not be read, if so. */
const remainsOf = async (paths: RunPaths): Promise<Remains> => {
  const steps = await checkpointSteps(paths)()
  if (E.isLeft(steps)) return { unread: steps.left.message }
  let remains: Remains = {}
  for (const step of steps.right) {
    const path = join(paths.checkpoints, checkpointName(step))
    const read = await readCheckpoint(path, '')()
    if (E.isRight(read)) return { ...remains, saved: { step, path } }
    if (read.left.type === 'FileError') remains = { unread: read.left.message, ...remains }
  }
  return remains
}

const withRemains = (error: Diverged | Halted, remains: Remains): Diverged | Halted => {
  const { saved, unread: _, ...rest } = error
  const isKnown = remains.saved !== undefined || remains.unread === undefined || saved === undefined
  return { ...rest, ...remains, ...(!isKnown && { saved }) }
}

/** Returns the same error, updated with the newest checkpoint that could really be read. */
export const stillSaved = (paths: RunPaths, error: TrainError): TE.TaskEither<TrainError, never> =>
  error.type === 'Diverged' || error.type === 'Halted'
    ? pipe(
        TE.fromTask<Remains, TrainError>(() => remainsOf(paths)),
        TE.flatMap((remains) => TE.left(withRemains(error, remains))),
      )
    : TE.left(error)
