import { type DrawName, showDraw, showStream } from '../dsl/names/drawName.ts'
import { objectiveMemory, showStateName } from '../dsl/names/stateName.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { TermId } from '../dsl/terms/termParts.ts'
import type { Value } from '../dsl/terms/value.ts'
import type { CostAtPoint, Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import { present } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import { nameApplications } from './applications.ts'
import { batchedApplications, separateApplications } from './batchedApplications.ts'
import { type Elaborated, trainedNetworks } from './elaborate.ts'
import { lowering } from './lowerTerm.ts'
import { originOf } from './origin.ts'
import type { Scope } from './scope.ts'
import { playerOf, readState } from './state.ts'

/** Whose objective it is, and which of its draws in this step it sees. */
interface Turn extends Pick<Scope, 'identify' | 'freeNames' | 'due'> {
  readonly player: string
  readonly draw: string
  /** Whether a network's applications are computed as one batch where they can be. */
  readonly joins: boolean
  /** Told every draw, as often as it is read. */
  readonly drawn?: ((name: DrawName) => void) | undefined
}

export const noBound: ReadonlyMap<TermId, Value> = new Map()

/** What a player minimises at a point, differentiable by the values there, and what its objective's memory becomes. */
export const costAt = (builder: Builder, elaborated: Elaborated, turn: Turn, point: Point): CostAtPoint => {
  const player = playerOf(elaborated, turn.player)
  const { scope, memory } = scopeOf(builder, elaborated, turn, player, point)
  const objective = builder.reshape(lowering(scope)(player.objective).node, [])
  const cost = player.goal === 'minimise' ? objective : builder.neg(objective)
  return { cost, memory: memory() }
}

const scopeOf = (
  builder: Builder,
  { game, networks, fields }: Elaborated,
  { player, draw, identify, freeNames, due, joins, drawn }: Turn,
  { over, objective }: PlayerSpec,
  point: Point,
): { readonly scope: Scope; readonly memory: () => Point } => {
  const trained = trainedNetworks(game)
  const fed = new Map<string, Set<NodeId>>()
  const written = new Map<string, NodeId>()
  const scope: Scope = {
    builder,
    batch: game.batch,
    steps: game.steps,
    networks,
    fields: (source, field) => present(fields[source]?.[field], `field ${field} of ${source}`),
    training: (network) => trained.has(network),
    state: readState(builder, point),
    draw: (of, shape, shared, origin) => {
      const name: DrawName = { by: shared ? { type: 'shared' } : { type: 'player', player, update: draw }, of }
      drawn?.(name)
      return builder.draw(showDraw(name), { shape, origin: origin(showStream(name)) })
    },
    given: (name) => {
      throw new Error(`broken invariant: the given value ${name} in a game`)
    },
    feed: (slot, value) => {
      const name = showStateName(slot)
      if (over.includes(slot.network)) fed.set(name, (fed.get(name) ?? new Set()).add(value))
    },
    write: (slot, value) => written.set(showStateName(slot), value),
    slotName: (slot) => objectiveMemory(player, slot),
    slotShape: [],
    variables: {},
    identify,
    freeNames,
    bound: noBound,
    application: nameApplications(objective),
    batchedApplications: joins ? batchedApplications(objective, networks, over, identify) : separateApplications,
    overParameters: () => {
      throw new Error('broken invariant: a sum across parameters in an objective')
    },
    due,
    origin: originOf(player),
  }
  const memory = (): Point => {
    const means = [...fed].map(([slot, values]) => [slot, mean(builder, [...values])] as const)
    return new Map([...written, ...means].map(([name, value]) => [name, builder.barrier(value)]))
  }
  return { scope, memory }
}

const mean = (b: Builder, values: readonly NodeId[]): NodeId =>
  b.mul(
    values.reduce((sum, value) => b.add(sum, value)),
    b.number(1 / values.length),
  )
