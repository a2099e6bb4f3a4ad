import { memoryOf, showStateName } from '../dsl/names/stateName.ts'
import type { Term } from '../dsl/terms/term.ts'
import { spread, type Value } from '../dsl/terms/value.ts'
import { rulesOf } from '../dynamics/dynamics.ts'
import type { Change, Point, Vector } from '../dynamics/moves.ts'
import { partOf } from '../dynamics/vector.ts'
import type { Builder } from '../ir/builder.ts'
import type { Origin } from '../ir/origin.ts'
import { present } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { separateApplications } from './batchedApplications.ts'
import { type Elaborated, type NamedParameter, ownedParameters } from './elaborate.ts'
import { lowering } from './lowerTerm.ts'
import { noBound } from './objective.ts'
import { originOf } from './origin.ts'
import type { Scope } from './scope.ts'
import { playerOf, readState } from './state.ts'

/** Which of a player's updates in this step it is. */
interface Turn extends Pick<Scope, 'identify' | 'freeNames'> {
  readonly player: string
  readonly index: number
  /** A parameter's new value. */
  readonly update: Term
}

/** A player's optimizer at an update. */
interface Moving {
  readonly turn: Turn
  readonly optimizer: Optimizer
  readonly parameters: readonly NamedParameter[]
  readonly gradient: Vector
  /** Updates that the player has made before this one: a scalar. */
  readonly updates: NodeId
  readonly from: Point
  /** The game's number of steps. */
  readonly steps: number
}

/** The step of a player's optimizer by a gradient: what its parameters and its optimizer's memory become. */
export const optimise = (b: Builder, elaborated: Elaborated, turn: Turn, gradient: Vector, from: Point): Change => {
  const { game } = elaborated
  const { player, index } = turn
  const optimizer = present(game.optimizers[player], `optimizer of ${player}`)
  const perStep = rulesOf(game.dynamics).updates(player)
  const updates = b.add(b.mul(b.step(), b.number(perStep)), b.number(index))
  const parameters = ownedParameters(elaborated, playerOf(elaborated, player))
  const moving = { turn, optimizer, parameters, gradient, updates, from, steps: game.steps }
  const values = parameters.flatMap((parameter) => moved(b, moving, parameter))
  return { from, values: new Map(values.map(([name, value]) => [name, b.barrier(value)])) }
}

/** A parameter's new value and those of its optimizer's slots. */
const moved = (builder: Builder, moving: Moving, parameter: NamedParameter): readonly (readonly [string, NodeId])[] => {
  const { name, spec } = parameter
  const written = new Map<string, NodeId>()
  const scope = scopeOf(builder, moving, parameter, (slot, next) => written.set(showStateName(slot), next))
  const next = lowering(scope)(moving.turn.update)
  return [[name, spread(scope.builder, next, 'batch', spec.shape, 1)], ...written]
}

/** An optimizer's terms as they stand for one of its parameters. */
const scopeOf = (
  builder: Builder,
  moving: Moving,
  { id, name: parameter, spec: { shape } }: NamedParameter,
  write: Scope['write'],
): Scope => {
  const { turn, optimizer, parameters, gradient, updates, from, steps } = moving
  const of = { type: 'update', optimizer: optimizer.type, parameter } as const
  const origin: Origin = { player: turn.player, of, derivative: 0 }
  const b = builder.from(origin)
  const own = (node: NodeId): Value => ({ level: 'batch', shape, node })
  const scope: Scope = {
    ...bare(b, turn),
    steps,
    state: readState(b, from),
    write,
    slotName: (slot) => memoryOf(turn.player, slot, id),
    slotShape: shape,
    variables: {
      parameter: own(readState(b, from)(id, shape)),
      gradient: own(partOf(gradient, parameter)),
      updates: { level: 'batch', shape: [], node: updates },
    },
    overParameters: (of) =>
      parameters
        .map((each) => (each.name === parameter ? scope : scopeOf(builder, moving, each, () => {})))
        .map((each) => b.reshape(lowering(each)(of).node, []))
        .reduce((sum, part) => b.add(sum, part)),
    origin: (term) => (term.op === 'ranged' ? originOf(turn.player)(term) : origin),
  }
  return scope
}

/** A scope of no networks and no draws. */
const bare = (
  builder: Builder,
  { identify, freeNames }: Turn,
): Omit<Scope, 'steps' | 'state' | 'write' | 'slotName' | 'slotShape' | 'variables' | 'overParameters' | 'origin'> => {
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
    batchedApplications: separateApplications,
    due: none('what is rarely done'),
    identify,
    freeNames,
    bound: noBound,
  }
}
