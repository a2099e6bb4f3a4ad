import type { DrawName } from '../dsl/names/drawName.ts'
import { showStateName } from '../dsl/names/stateName.ts'
import { freeNames } from '../dsl/terms/freeNames.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import type { Change, Moves, Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import { present } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import { updateOf } from '../optimizers/optimizer.ts'
import { type Elaborated, ownedParameters, remembered } from './elaborate.ts'
import { costAt } from './objective.ts'
import { optimise } from './optimise.ts'
import type { Scope } from './scope.ts'
import { readNamed } from './state.ts'

/** How a step is written. */
export interface PlayOptions extends Pick<Scope, 'due'> {
  /** Whether a network's applications are computed as one batch where they can be; true where absent. */
  readonly joins?: boolean
  /** Told every draw, as often as it is read. */
  readonly drawn?: (name: DrawName) => void
}

/** What a game's dynamics are written over, in a builder. */
export const movesOf = (
  builder: Builder,
  elaborated: Elaborated,
  { due, joins = true, drawn }: PlayOptions,
  report: Moves['report'],
): Moves => {
  const { game, state } = elaborated
  const shapes = new Map(state.map(({ name, shape }) => [name, shape]))
  const read = (point: Point, name: string): NodeId =>
    readNamed(builder, point)(name, present(shapes.get(name), `state ${name}`))
  const owned = Object.entries(game.players).map(
    ([name, player]) => [name, ownedParameters(elaborated, player)] as const,
  )
  const parameters = new Map(owned.map(([name, all]) => [name, all.map((parameter) => parameter.name)]))
  const byName = new Map(owned.flatMap(([, all]) => all.map(({ name, id }) => [name, id] as const)))
  const trained = [...byName.keys()]
  const walks = { identify: identifier(), freeNames: freeNames() }
  const updates = new Map(Object.entries(game.optimizers).map(([name, optimizer]) => [name, updateOf(optimizer)]))
  return {
    builder,
    players: Object.keys(game.players),
    owned: (player) => present(parameters.get(player), `player ${player}`),
    memory: (memory) =>
      showStateName(remembered(memory, present(byName.get(memory.parameter), `parameter ${memory.parameter}`))),
    start: new Map(),
    read,
    asVariables: (point) => {
      const fixed = [...point].map(([name, value]) => [name, builder.stopGradient(value)] as const)
      const variables = trained.map((name) => [name, builder.barrier(builder.stopGradient(read(point, name)))] as const)
      return new Map([...fixed, ...variables])
    },
    costAt: (player, draw, point) => costAt(builder, elaborated, { ...walks, due, joins, drawn, player, draw }, point),
    step: (player, index, gradient, from) =>
      optimise(
        builder,
        elaborated,
        { ...walks, player, index, update: present(updates.get(player), `optimizer of ${player}`) },
        gradient,
        from,
      ),
    apply: (point, change) => applied(builder, point, change),
    due,
    report,
  }
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
