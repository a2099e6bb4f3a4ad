import type { DynamicsSpec } from '../dsl/spec.ts'
import type { DynamicsDefinition, Moves } from './dynamics.ts'

type Alternating = Extract<DynamicsSpec, { type: 'alternating' }>

const repeated = <Point, Change>(
  { update, apply }: Moves<Point, Change>,
  player: string,
  count: number,
  from: Point,
): Point =>
  Array.from({ length: count }, (_, index) => index).reduce(
    (point, index) => apply(point, update(player, index, point)),
    from,
  )

/** The players update in turn, in the order of `counts`, each so many times against the others' newest parameters. */
export const alternatingDynamics: DynamicsDefinition<Alternating> = {
  updates: ({ counts }, player) => counts[player] ?? 0,
  play: ({ counts }, moves) =>
    Object.entries(counts).reduce((point, [player, count]) => repeated(moves, player, count, point), moves.start),
}
