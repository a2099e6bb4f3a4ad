import * as E from '#fp-ts/Either'
import { isOneHot, sourceKind } from '../dsl/sources/table.ts'
import { type Bounds, isBounded, unbounded } from '../dsl/types/bounds.ts'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import type { GameSpec } from '../spec/spec.ts'
import { termBounds } from './bounds.ts'
import type { CheckedNetwork } from './network.ts'
import { rolesOf } from './roles.ts'
import { innermost } from './scoring.ts'

/** Between which numbers a field of a source lies; unknown where nothing says so. */
export type FieldBounds = (source: string, field: string) => Bounds | undefined

/** The bounds that sources themselves say. */
export const saidBounds =
  ({ sources }: GameSpec): FieldBounds =>
  (name, field) => {
    const source = sources[name]
    if (source === undefined) return undefined
    return isOneHot(source, field)
      ? [0, 1]
      : field === 'x'
        ? sourceKind.definitionOf(source).bounds?.(source)
        : undefined
  }

/** A hundredth of the data's span: what rounding makes, or a few of them. */
const tolerance = 0.01

/**
 * A warning where the data lie beyond all that the generator can make, as bytes of 0 to 255 do beside a tanh: then it cannot learn them,
 * and no cost says so. Both are compared as the critic sees them, or where noise hides that, as they are.
 */
export const reachWarnings = (
  game: GameSpec,
  networks: { readonly [name: string]: CheckedNetwork },
  bounds: FieldBounds,
): readonly SpecWarning[] => {
  const roles = rolesOf({ game })
  if (E.isLeft(roles)) return []
  const { real, generated } = roles.right
  const { inputs } = innermost(roles.right.realScore, roles.right)
  const others = innermost(roles.right.generatedScore, roles.right).inputs
  const seen = Object.entries(inputs).map(([name, input]) => [input, others[name]] as const)
  for (const [data, made] of [...seen, [real, generated] as const]) {
    if (made === undefined || data === made) continue
    const within = (term: typeof data): Bounds =>
      termBounds(term, networks, ({ source, field }) => bounds(source, field) ?? unbounded)
    const [reached, possible] = [within(data), within(made)]
    if (!isBounded(reached) || !possible.some(Number.isFinite)) continue
    const slack = tolerance * (reached[1] - reached[0])
    return reached[0] < possible[0] - slack || reached[1] > possible[1] + slack
      ? [warning(game, real.source, generated.network, reached, possible)]
      : []
  }
  return []
}

const warning = (game: GameSpec, source: string, network: string, reached: Bounds, possible: Bounds): SpecWarning =>
  specWarning(
    ['sources', source],
    `its numbers reach from ${shown(reached[0])} to ${shown(reached[1])}, but ${network} ${able(possible)}, so that it can never make such samples`,
    hint(game, source, network, possible),
  )

const shown = (x: number): string => `${Number(x.toPrecision(4))}`

const able = ([low, high]: Bounds): string => {
  if (!Number.isFinite(low)) return `makes numbers of at most ${shown(high)}`
  return Number.isFinite(high)
    ? `makes numbers from ${shown(low)} to ${shown(high)}`
    : `makes numbers of at least ${shown(low)}`
}

const hint = ({ sources }: GameSpec, name: string, network: string, [low, high]: Bounds): string => {
  const from = Number.isFinite(low) ? low : high - 1
  const range = `[${shown(from)}, ${shown(Number.isFinite(high) ? high : from + 1)}]`
  const source = sources[name]
  const other = `end ${network} with a layer that can make any number, such as dense.`
  return source !== undefined && sourceKind.definitionOf(source).supply.type === 'file'
    ? `Write range: ${range} in this source, or ${other}`
    : `Bring its numbers to ${range}, or ${other}`
}
