import type { PlayerSpec } from '../dsl/spec.ts'
import type { TermId } from '../dsl/termParts.ts'
import { identifier } from '../dsl/termParts.ts'
import { dynamicsOf } from '../dynamics/table.ts'
import type { Builder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/ops/op.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import { updateOf } from '../optimizers/table.ts'
import { nameApplications } from './applications.ts'
import { type Elaborated, objectiveSlot, optimizerSlot, ownedParameters, trainedNetworks } from './elaborate.ts'
import { lowering, type Scope } from './lowerTerm.ts'
import { originOf } from './origin.ts'
import { apart, together } from './together.ts'
import { spread, type Value } from './value.ts'

/** Values of state tensors that are no longer those at the start of the step. */
type Point = ReadonlyMap<string, NodeId>

/** What an update makes of some state tensors, and the point at which it was computed. */
interface Change {
  readonly at: Point
  readonly values: Point
}

export interface Played {
  readonly writes: { readonly [name: string]: NodeId }
  /** What each player minimises, as it was at its last update of the step. */
  readonly costs: { readonly [player: string]: NodeId }
}

const noBound: ReadonlyMap<TermId, Value> = new Map()

/** Writes one step of the game into a builder. */
export const play = (builder: Builder, elaborated: Elaborated, due: Scope['due']): Played => {
  const { game } = elaborated
  const costs = new Map<string, NodeId>()
  const identify = identifier()
  const end = dynamicsOf(game.dynamics).play<Point, Change>(game.dynamics, {
    players: Object.keys(game.players),
    start: new Map(),
    apply: (point, change) => applied(builder, point, change),
    update: (player, index, point) => {
      const made = update(builder, elaborated, identify, due, { player, index }, point)
      costs.set(player, made.cost)
      return made.change
    },
  })
  return { writes: Object.fromEntries(end), costs: Object.fromEntries(costs) }
}

/**
 * The point after a change. A tensor that has moved since the change was computed, as that of a network that two players
 * own, moves on by the same displacement: both updates count.
 */
const applied = (b: Builder, point: Point, { at: base, values }: Change): Point => {
  const moved = [...values].map(([name, value]) => {
    const now = point.get(name)
    if (now === undefined || now === base.get(name)) return [name, value] as const
    const before = base.get(name) ?? b.state(name, b.shape(value))
    return [name, b.barrier(b.add(now, b.sub(value, before)))] as const
  })
  return new Map([...point, ...moved])
}

interface Turn {
  readonly player: string
  readonly index: number
}

const reader =
  (builder: Builder, point: Point) =>
  (name: string, shape: Shape): NodeId =>
    point.get(name) ?? builder.state(name, shape)

const playerOf = ({ game }: Elaborated, name: string): PlayerSpec => {
  const player = game.players[name]
  if (player === undefined) throw new Error(`broken invariant: no player ${name}`)
  return player
}

/** A player's update: its objective at the point, the gradient of what it minimises, and its optimizer's step. */
const update = (
  builder: Builder,
  elaborated: Elaborated,
  identify: Scope['identify'],
  due: Scope['due'],
  turn: Turn,
  point: Point,
): { readonly cost: NodeId; readonly change: Change } => {
  const player = playerOf(elaborated, turn.player)
  const parameters = ownedParameters(elaborated, player)
  const { scope, memory } = objectiveScope(builder, elaborated, identify, due, turn, point)
  const objective = builder.reshape(lowering(scope)(player.objective).node, [])
  const cost = player.goal === 'minimise' ? objective : builder.neg(objective)
  const slopes = gradient(
    builder,
    cost,
    parameters.map(({ name, spec }) => scope.state(name, spec.shape)),
  )
  const state = reader(builder, point)
  const values = parameters.map(({ name, spec }) => state(name, spec.shape))
  const moved = parameters.flatMap(({ name }, i) =>
    optimise(builder, elaborated, turn, point, name, at(values, i), at(slopes, i)),
  )
  const next = [...memory(), ...moved].map(([name, value]) => [name, builder.barrier(value)] as const)
  return { cost, change: { at: point, values: new Map(next) } }
}

/**
 * The state as a player's objective sees it: what it owns is an opaque copy, by which it is differentiated, and all else is
 * held fixed. Without that, its gradient would reach its own parameters a second time, through updates that others have
 * made in this step.
 */
const objectiveReader = (builder: Builder, point: Point, own: ReadonlySet<string>) => {
  const read = reader(builder, point)
  return (name: string, shape: Shape): NodeId =>
    own.has(name) ? builder.barrier(read(name, shape)) : builder.stopGradient(read(name, shape))
}

const objectiveScope = (
  builder: Builder,
  elaborated: Elaborated,
  identify: Scope['identify'],
  due: Scope['due'],
  { player, index }: Turn,
  point: Point,
): { readonly scope: Scope; readonly memory: () => readonly (readonly [string, NodeId])[] } => {
  const { game, networks, fields } = elaborated
  const trained = trainedNetworks(game)
  const { over, objective } = playerOf(elaborated, player)
  const parameters = ownedParameters(elaborated, { over }).map(({ name }) => name)
  const origin = originOf()
  const fed = new Map<string, Set<NodeId>>()
  const written = new Map<string, NodeId>()
  const scope: Scope = {
    builder,
    batch: game.batch,
    networks,
    fields: (source, field) => fields[source]?.[field] ?? [],
    training: (network) => trained.has(network),
    state: objectiveReader(builder, point, new Set(parameters)),
    draw: (name, shape, shared, origin) => {
      const stream = shared ? `shared/${name}` : `${player}/${index}/${name}`
      return builder.draw(stream, { shape, origin: origin(stream) })
    },
    given: (name) => {
      throw new Error(`broken invariant: the given value ${name} in a game`)
    },
    feed: (slot, value) => {
      if (over.includes(slot.slice(0, slot.indexOf('/')))) fed.set(slot, (fed.get(slot) ?? new Set()).add(value))
    },
    write: (slot, value) => written.set(slot, value),
    slotName: (slot) => objectiveSlot(player, slot),
    slotShape: [],
    variables: {},
    identify,
    bound: noBound,
    application: nameApplications(objective),
    together: together(objective, networks, over, identify),
    due,
    origin: (term) => `${player}: ${origin(term)}`,
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
    application: none('a network'),
    together: apart,
    due: none('what is rarely done'),
    identify: identifier(),
    bound: noBound,
  }
}
