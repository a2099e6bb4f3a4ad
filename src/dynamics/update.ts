import type { NodeId } from '../ir/program.ts'
import type { Change, Moves, Point, Vector } from './moves.ts'
import { gradientAt } from './vector.ts'

/** The gradient of a player's cost by its own parameters, with everything else held fixed. */
export interface Slope {
  readonly cost: NodeId
  readonly gradient: Vector
  readonly memory: Point
}

export const slope = (moves: Moves, player: string, draw: string, point: Point): Slope => {
  const here = moves.asVariables(point)
  const { cost, memory } = moves.costAt(player, draw, here)
  return { cost, memory, gradient: gradientAt(moves, cost, here, moves.owned(player)) }
}

/** The optimizer's step, and the new values of the objective's slots. */
export const move = (
  moves: Moves,
  player: string,
  index: number,
  { cost, gradient, memory }: Slope,
  from: Point,
): Change => {
  const { values } = moves.step(player, index, gradient, from)
  moves.report(player, cost, gradient, index)
  return { from, values: new Map([...memory, ...values]) }
}

/** A player's `index`th update in the step, from one point, by its gradient there or at another point. */
export const update = (moves: Moves, player: string, index: number, from: Point, seenAt: Point = from): Change =>
  move(moves, player, index, slope(moves, player, `${index}`, seenAt), from)

/** The player's parameters after a step of its optimizer. Changes no memory. */
export const tried = (moves: Moves, player: string, gradient: Vector, from: Point): Change => {
  const { values } = moves.step(player, 0, gradient, from)
  const own = new Set(moves.owned(player))
  return { from, values: new Map([...values].filter(([name]) => own.has(name))) }
}

/** The point after simultaneous changes of all players. */
export const allAtOnce = (moves: Moves, from: Point, change: (player: string) => Change): Point =>
  moves.players.map(change).reduce(moves.apply, from)
