import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as TE from '#fp-ts/TaskEither'
import { rolesOf } from '../../compile/roles.ts'
import type { BackendError } from '../../errors/backendError.ts'
import { readCritic } from '../criticReading.ts'
import { settingOf } from '../setting.ts'
import { type TrainedGame, withTrained } from '../trained.ts'
import type { Measurable, Measured, Metric } from './metric.ts'
import { type MetricName, metrics, type Value } from './table.ts'

/** What was found by metric, or why it was not measured. */
export type Found<M extends MetricName> = { readonly [K in M]: Measured<Value<K>> }

/** What is measured of a game, and how. What is absent is known of the game itself. */
export type MeasureInput = TrainedGame &
  Pick<Partial<Measurable>, 'samples' | 'budget' | 'count' | 'classifier' | 'onProgress' | 'signal'>

const rows: { readonly [M in MetricName]: Metric<Value<M>> } = metrics

type Partly = { -readonly [K in MetricName]?: Measured<Value<K>> }

/**
 * Measures a trained game by some metrics, one after the other, on draws that training did not use. Left: what the backend
 * could not do.
 */
export const measure = <M extends MetricName>(
  input: MeasureInput,
  names: readonly M[],
): TE.TaskEither<BackendError, Found<M>> =>
  withTrained(input, (subject) => async () => {
    const game: Measurable = { budget: {}, ...known(input), ...input, ...subject }
    const found: Partly = {}
    for (const name of names) {
      const failed = await add(found, name, game)
      if (failed !== undefined) return E.left(failed)
    }
    if (!isWhole(found, names)) throw new Error('broken invariant: a metric was not measured')
    return E.right(found)
  })

/** Measures by one more metric; what the backend could not do. */
const add = async <M extends MetricName>(
  found: Partly,
  name: M,
  game: Measurable,
): Promise<BackendError | undefined> => {
  const measured: E.Either<BackendError, Measured<Value<M>>> = await rows[name].measure(game)()
  if (E.isLeft(measured)) return measured.left
  const one: { -readonly [K in M]?: Measured<Value<K>> } = found
  one[name] = measured.right
  return undefined
}

const isWhole = <M extends MetricName>(found: Partly, names: readonly M[]): found is Found<M> & Partly =>
  names.every((name) => found[name] !== undefined)

/** What follows from the game itself. */
const known = ({ compiled }: TrainedGame): Pick<Measurable, 'roles' | 'samples' | 'critic' | 'setting'> => {
  const roles = rolesOf(compiled)
  return {
    roles,
    samples: roles,
    critic: pipe(
      roles,
      E.flatMap((found) => readCritic(compiled, found)),
    ),
    setting: pipe(
      roles,
      E.map((found) => settingOf(compiled, found)),
    ),
  }
}
