import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import type { Change, Moves, Point, Vector } from './moves.ts'
import { allAtOnce, move, type Slope } from './update.ts'
import { dot, gradientAt } from './vector.ts'

/**
 * A game as a vector field: each player's gradient of its own cost by its own parameters. It can be differentiated by all
 * parameters.
 */
export interface Field {
  readonly here: Point
  /** All owned parameters, each once. */
  readonly parameters: readonly string[]
  readonly slopes: { readonly [player: string]: Slope }
}

export const fieldAt = (moves: Moves, point: Point, draw: string): Field => {
  const here = moves.asVariables(point)
  const slopes = moves.players.map((player) => {
    const { cost, memory } = moves.costAt(player, draw, here)
    return [player, { cost, memory, gradient: gradientAt(moves, cost, here, moves.owned(player)) }] as const
  })
  return { here, parameters: [...new Set(moves.players.flatMap(moves.owned))], slopes: Object.fromEntries(slopes) }
}

export const slopeOf = ({ slopes }: Field, player: string): Slope => {
  const slope = slopes[player]
  if (slope === undefined) throw new Error(`broken invariant: no slope of ${player}`)
  return slope
}

/** The inner product of the field with a vector for each player, or with itself. */
export const along = (b: Builder, { slopes }: Field, by?: (player: string) => Vector): NodeId =>
  Object.entries(slopes).reduce(
    (sum, [player, { gradient }]) => b.add(sum, dot(b, gradient, by?.(player) ?? gradient)),
    b.number(0),
  )

/** J'v, where J is the field's Jacobian and v the field: the gradient of half its squared norm. */
export const transposedProduct = (moves: Moves, field: Field): Vector => {
  const { builder: b } = moves
  const energy = b.mul(b.number(0.5), along(b, field))
  return gradientAt(moves, energy, field.here, field.parameters)
}

/** All players move at once, each by its gradient after `change` has changed it per parameter. */
export const adjusted = (moves: Moves, field: Field, change: (gradient: NodeId, parameter: string) => NodeId): Point =>
  allAtOnce(moves, moves.start, (player): Change => {
    const slope = slopeOf(field, player)
    const gradient = new Map([...slope.gradient].map(([name, part]) => [name, change(part, name)]))
    return move(moves, player, 0, { ...slope, gradient }, moves.start)
  })
