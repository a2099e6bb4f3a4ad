import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../data/openFiles.ts'
import type { TrainError } from '../errors/failure.ts'
import { prepareGame, type ReadyGame } from '../run/prepare.ts'
import type { GameSpec } from '../spec/spec.ts'
import { loadSpec } from './loadSpec.ts'
import { hintMoved } from './movedData.ts'
import type { Assignment } from './options.ts'
import { settled } from './settings.ts'
import { withLines } from './source/withLines.ts'

/** Loads a game, applies --set, compiles it and opens its data. */
export const readySpec = (
  path: string,
  changes: Partial<Pick<GameSpec, 'steps' | 'seed'>>,
  set?: readonly Assignment[],
): TE.TaskEither<TrainError, ReadyGame> =>
  pipe(
    loadSpec(path),
    TE.bind('changed', ({ game }) => settled({ ...game, ...changes }, set)),
    TE.flatMap(({ changed, baseDirectory, program }) =>
      pipe(
        prepareGame(changed, { openFiles: openFiles(baseDirectory) }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
        withLines(set === undefined ? program : undefined),
      ),
    ),
  )
