import { identifier } from '../dsl/terms/termParts.ts'
import type { Change, Moves, Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import { type Elaborated, ownedParameters } from './elaborate.ts'
import { judge } from './objective.ts'
import { optimise } from './optimise.ts'
import type { Scope } from './scope.ts'
import { readState } from './state.ts'

/** How a step is written. */
export interface PlayOptions extends Pick<Scope, 'due'> {
  /** Whether a network's applications are computed as one batch where they can be; true where absent. */
  readonly joins?: boolean
}

/** What a game's dynamics are written over, in a builder. */
export const movesOf = (
  builder: Builder,
  elaborated: Elaborated,
  { due, joins = true }: PlayOptions,
  report: Moves['report'],
): Moves => {
  const { game, state } = elaborated
  const shapes = new Map(state.map(({ name, shape }) => [name, shape]))
  const read = (point: Point, name: string): NodeId => readState(builder, point)(name, shapeIn(shapes, name))
  const parameters = new Map(
    Object.entries(game.players).map(([name, player]) => [
      name,
      ownedParameters(elaborated, player).map((parameter) => parameter.name),
    ]),
  )
  const trained = [...new Set([...parameters.values()].flat())]
  const identify = identifier()
  return {
    builder,
    players: Object.keys(game.players),
    owned: (player) => parameters.get(player) ?? [],
    start: new Map(),
    read,
    loose: (point) => {
      const fixed = [...point].map(([name, value]) => [name, builder.stopGradient(value)] as const)
      const variables = trained.map((name) => [name, builder.barrier(builder.stopGradient(read(point, name)))] as const)
      return new Map([...fixed, ...variables])
    },
    judge: (player, draw, point) => judge(builder, elaborated, { identify, due, joins, player, draw }, point),
    step: (player, index, gradient, from) => optimise(builder, elaborated, { player, index }, gradient, from),
    apply: (point, change) => applied(builder, point, change),
    due,
    report,
  }
}

const shapeIn = (shapes: ReadonlyMap<string, Shape>, name: string): Shape => {
  const shape = shapes.get(name)
  if (shape === undefined) throw new Error(`broken invariant: no state ${name}`)
  return shape
}

/**
 * The point after a change. A tensor that has moved since the change was made, as that of a network that two players own,
 * moves on by the same displacement: both updates count.
 */
const applied = (b: Builder, point: Point, { from, values }: Change): Point => {
  const moved = [...values].map(([name, value]) => {
    const now = point.get(name)
    if (now === undefined || now === from.get(name)) return [name, value] as const
    const before = from.get(name) ?? b.state(name, b.shape(value))
    return [name, b.barrier(b.add(now, b.sub(value, before)))] as const
  })
  return new Map([...point, ...moved])
}
