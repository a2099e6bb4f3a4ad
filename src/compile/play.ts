import type { TermId } from '../dsl/termParts.ts'
import { identifier } from '../dsl/termParts.ts'
import { text } from '../dsl/text.ts'
import { dynamicsOf } from '../dynamics/table.ts'
import type { Builder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/ops/op.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import { updateOf } from '../optimizers/table.ts'
import { type Elaborated, objectiveSlot, optimizerSlot, ownedParameters } from './elaborate.ts'
import { lowering, type Scope } from './lowerTerm.ts'
import { spread, type Value } from './value.ts'

/** Values of state tensors that are no longer those at the start of the step. */
type Point = ReadonlyMap<string, NodeId>

export interface Played {
  readonly writes: { readonly [name: string]: NodeId }
  /** What each player minimises, as it was at its last update of the step. */
  readonly costs: { readonly [player: string]: NodeId }
}

const noBound: ReadonlyMap<TermId, Value> = new Map()

/** Writes one step of the game into a builder. */
export const play = (builder: Builder, elaborated: Elaborated): Played => {
  const { game } = elaborated
  const costs = new Map<string, NodeId>()
  const identify = identifier()
  const end = dynamicsOf(game.dynamics).play<Point, Point>(game.dynamics, {
    players: Object.keys(game.players),
    start: new Map(),
    apply: (point, change) => new Map([...point, ...change]),
    update: (player, index, point) => {
      const made = update(builder, elaborated, identify, { player, index }, point)
      costs.set(player, made.cost)
      return made.change
    },
  })
  return { writes: Object.fromEntries(end), costs: Object.fromEntries(costs) }
}

interface Turn {
  readonly player: string
  readonly index: number
}

const reader =
  (builder: Builder, point: Point) =>
  (name: string, shape: Shape): NodeId =>
    point.get(name) ?? builder.state(name, shape)

/** A player's update: its objective at the point, the gradient of what it minimises, and its optimizer's step. */
const update = (
  builder: Builder,
  elaborated: Elaborated,
  identify: Scope['identify'],
  turn: Turn,
  point: Point,
): { readonly cost: NodeId; readonly change: Point } => {
  const { game } = elaborated
  const player = game.players[turn.player]
  if (player === undefined) throw new Error(`broken invariant: no player ${turn.player}`)
  const { scope, memory } = objectiveScope(builder, elaborated, identify, turn, point)
  const objective = lowering(scope)(player.objective).node
  const cost = player.goal === 'minimise' ? objective : builder.neg(objective)
  const parameters = ownedParameters(elaborated, player)
  const state = reader(builder, point)
  const values = parameters.map(({ name, spec }) => state(name, spec.shape))
  const slopes = gradient(builder, cost, values)
  const moved = parameters.flatMap(({ name }, i) =>
    optimise(builder, elaborated, turn, point, name, at(values, i), at(slopes, i)),
  )
  // An opaque copy: rewriting must not look through a parameter by which the next update differentiates.
  const change = new Map([...memory(), ...moved].map(([name, value]) => [name, builder.barrier(value)] as const))
  return { cost, change }
}

const objectiveScope = (
  builder: Builder,
  elaborated: Elaborated,
  identify: Scope['identify'],
  { player, index }: Turn,
  point: Point,
): { readonly scope: Scope; readonly memory: () => readonly (readonly [string, NodeId])[] } => {
  const { game, networks, fields } = elaborated
  const owned = new Set(Object.values(game.players).flatMap(({ over }) => over))
  const own = new Set(game.players[player]?.over ?? [])
  const fed = new Map<string, Set<NodeId>>()
  const written = new Map<string, NodeId>()
  const scope: Scope = {
    builder,
    batch: game.batch,
    networks,
    fields: (source, field) => fields[source]?.[field] ?? [],
    training: (network) => owned.has(network),
    state: reader(builder, point),
    draw: (name, shape, shared, origin) => {
      const stream = shared ? `shared/${name}` : `${player}/${index}/${name}`
      return builder.draw(stream, { shape, origin: origin(stream) })
    },
    given: (name) => {
      throw new Error(`broken invariant: the given value ${name} in a game`)
    },
    feed: (slot, value) => {
      if (own.has(slot.slice(0, slot.indexOf('/')))) fed.set(slot, (fed.get(slot) ?? new Set()).add(value))
    },
    write: (slot, value) => written.set(slot, value),
    slotName: (slot) => objectiveSlot(player, slot),
    slotShape: [],
    variables: {},
    identify,
    bound: noBound,
    origin: (term) => `${player}: ${text(term)}`,
  }
  const memory = () => [...written, ...[...fed].map(([slot, values]) => [slot, mean(builder, [...values])] as const)]
  return { scope, memory }
}

const mean = (b: Builder, values: readonly NodeId[]): NodeId =>
  b.mul(
    values.reduce((sum, value) => b.add(sum, value)),
    b.number(1 / values.length),
  )

/** A parameter's new value and those of its optimizer's slots. */
const optimise = (
  builder: Builder,
  { game }: Elaborated,
  { player, index }: Turn,
  point: Point,
  parameter: string,
  value: NodeId,
  slope: NodeId,
): readonly (readonly [string, NodeId])[] => {
  const optimizer = game.optimizers[player]
  if (optimizer === undefined) throw new Error(`broken invariant: no optimizer for ${player}`)
  const b = builder.from(`${player}: ${optimizer.type} of ${parameter}`)
  const shape = b.shape(value)
  const perStep = dynamicsOf(game.dynamics).updates(game.dynamics, player)
  const updates = b.add(b.mul(b.step(), b.number(perStep)), b.number(index))
  const own = (node: NodeId): Value => ({ level: 'batch', shape, node })
  const written: (readonly [string, NodeId])[] = []
  const scope: Scope = {
    ...bare(b),
    state: reader(b, point),
    write: (slot, next) => written.push([slot, next]),
    slotName: (slot) => optimizerSlot(player, slot, parameter),
    slotShape: shape,
    variables: { parameter: own(value), gradient: own(slope), updates: { level: 'batch', shape: [], node: updates } },
    origin: () => `${player}: ${optimizer.type} of ${parameter}`,
  }
  const next = lowering(scope)(updateOf(optimizer))
  return [[parameter, spread(b, next, 'batch', shape, 1)], ...written]
}

/** A scope of no networks and no draws. */
const bare = (builder: Builder): Omit<Scope, 'state' | 'write' | 'slotName' | 'slotShape' | 'variables' | 'origin'> => {
  const none = (what: string) => (): never => {
    throw new Error(`broken invariant: ${what} in an optimizer`)
  }
  return {
    builder,
    batch: 1,
    networks: {},
    fields: none('a sample'),
    training: () => true,
    draw: none('a draw'),
    given: none('a given value'),
    feed: none('a layer'),
    identify: identifier(),
    bound: noBound,
  }
}
