import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { rolesOf } from '../compile/roles.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { Budget } from './budget.ts'
import { readCritic } from './criticReading.ts'
import { type Found, type MeasureInput, measure } from './metrics/measure.ts'
import type { Context } from './metrics/metric.ts'
import { playsV } from './metrics/ownValue.ts'
import { type SummaryMetric, summaryNames } from './metrics/table.ts'
import { settingOf } from './setting.ts'
import type { TrainedGame } from './trained.ts'

/** What is measured of a game after a run, and how it was. */
export type Summary = Found<SummaryMetric> & Omit<Context, 'has'>

export type SummaryInput = TrainedGame & Partial<Budget> & Pick<MeasureInput, 'onProgress' | 'signal'>

/**
 * Measures a trained game on draws that training did not use. Left: what the backend could not do.
 *
 * @example const summary = await summarise({ ...trained, seed: 1, samples: 1000, steps: 100 })()
 */
export const summarise = ({ samples, steps, ...input }: SummaryInput): TE.TaskEither<BackendError, Summary> =>
  pipe(
    measure(
      { ...input, budget: { ...(samples !== undefined && { samples }), ...(steps !== undefined && { steps }) } },
      summaryNames,
    ),
    TE.map((found) => ({ ...found, ...contextOf(input) })),
  )

const contextOf = ({ compiled, dataSources }: TrainedGame): Omit<Context, 'has'> =>
  pipe(
    rolesOf(compiled),
    E.match(
      (reason): Omit<Context, 'has'> => ({ setting: E.left(reason), real: 'fresh', playsV: false }),
      (roles) => {
        const read = readCritic(compiled, roles)
        const isScore = E.isLeft(read) || read.right.reading === 'score'
        return {
          setting: E.right(settingOf(compiled, roles)),
          real: dataSources[roles.real.source]?.type === 'rows' ? 'seen' : 'fresh',
          playsV: !isScore && playsV(compiled.game, roles),
        }
      },
    ),
  )
