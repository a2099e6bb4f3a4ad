import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import { writeFileAtomic } from '../io/atomic.ts'
import { encodePng } from '../io/formats/png.ts'
import { drawPicture } from '../measure/picture.ts'
import { type Summary, type SummaryInput, summarise } from '../measure/summary.ts'
import { showSummary, summaryJson } from '../measure/summaryTable.ts'
import type { TrainedRun } from '../storage/playIn.ts'

/** The result of a run. */
export interface Result {
  readonly folder: string
  readonly summary: Summary
  /** The path of its picture, if there is one. */
  readonly picture?: string
}

/** Measures a run and draws its picture into its folder. */
export const resultOf = (
  run: TrainedRun,
  options: Pick<SummaryInput, 'steps' | 'onProgress'>,
): TE.TaskEither<TrainError, Result> => {
  const input = { ...run, seed: run.compiled.game.seed, ...options }
  return pipe(
    pictureOf(run, input.seed),
    TE.bindTo('picture'),
    TE.bindW('summary', () => summarise(input)),
    TE.map(({ picture, summary }) => ({
      folder: run.folder,
      summary,
      ...(picture !== undefined && { picture }),
    })),
  )
}

const pictureOf = (run: TrainedRun, seed: number): TE.TaskEither<TrainError, string | undefined> =>
  pipe(
    drawPicture({ ...run, seed }),
    TE.flatMap((drawn): TE.TaskEither<TrainError, string | undefined> => {
      if (E.isLeft(drawn)) return TE.right(undefined)
      const path = join(run.folder, 'picture.png')
      return pipe(
        writeFileAtomic(path, encodePng(drawn.right)),
        TE.map(() => path),
      )
    }),
  )

export const showResult = ({ summary, folder, picture }: Result): string =>
  [showSummary(summary), `run      ${folder}`, ...(picture === undefined ? [] : [`picture  ${picture}`]), ''].join('\n')

/** The result as one line of JSON. */
export const resultEvent = ({ summary, folder, picture }: Result): string =>
  JSON.stringify({ type: 'result', folder, picture, summary: summaryJson(summary) })
