import type { Optimizer } from '../dsl/optimizer.ts'
import { identifier } from '../dsl/termParts.ts'
import type { Change, Point, Vector } from '../dynamics/moves.ts'
import { dynamicsOf } from '../dynamics/table.ts'
import { dot, partOf } from '../dynamics/vector.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import { updateOf } from '../optimizers/table.ts'
import { type Elaborated, type NamedParameter, optimizerSlot, ownedParameters } from './elaborate.ts'
import { lowering, type Scope } from './lowerTerm.ts'
import { noBound } from './objective.ts'
import { playerOf, readState } from './state.ts'
import { apart } from './together.ts'
import { spread, type Value } from './value.ts'

/** Which of a player's updates in this step it is. */
interface Turn {
  readonly player: string
  readonly index: number
}

/** A player's optimizer as it moves each of its parameters. */
interface Moving {
  readonly turn: Turn
  readonly optimizer: Optimizer
  /** Updates that the player has made before this one, and the norm of the whole gradient: scalars. */
  readonly updates: NodeId
  readonly gradientNorm: NodeId
  readonly from: Point
}

/** The step of a player's optimizer by a gradient: what its parameters and its optimizer's memory become. */
export const optimise = (b: Builder, elaborated: Elaborated, turn: Turn, gradient: Vector, from: Point): Change => {
  const { game } = elaborated
  const { player, index } = turn
  const optimizer = game.optimizers[player]
  if (optimizer === undefined) throw new Error(`broken invariant: no optimizer for ${player}`)
  const perStep = dynamicsOf(game.dynamics).updates(game.dynamics, player)
  const updates = b.add(b.mul(b.step(), b.number(perStep)), b.number(index))
  const moving = { turn, optimizer, updates, gradientNorm: b.sqrt(dot(b, gradient, gradient)), from }
  const values = ownedParameters(elaborated, playerOf(elaborated, player)).flatMap((parameter) =>
    moved(b, moving, parameter, partOf(gradient, parameter.name)),
  )
  return { from, values: new Map(values.map(([name, value]) => [name, b.barrier(value)])) }
}

/** A parameter's new value and those of its optimizer's slots. */
const moved = (
  builder: Builder,
  { turn: { player }, optimizer, updates, gradientNorm, from }: Moving,
  { name: parameter, spec: { shape } }: NamedParameter,
  slope: NodeId,
): readonly (readonly [string, NodeId])[] => {
  const origin = `${player}: ${optimizer.type} of ${parameter}`
  const b = builder.from(origin)
  const own = (node: NodeId): Value => ({ level: 'batch', shape, node })
  const number = (node: NodeId): Value => ({ level: 'batch', shape: [], node })
  const written: (readonly [string, NodeId])[] = []
  const scope: Scope = {
    ...bare(b),
    state: readState(b, from),
    write: (slot, next) => written.push([slot, next]),
    slotName: (slot) => optimizerSlot(player, slot, parameter),
    slotShape: shape,
    variables: {
      parameter: own(readState(b, from)(parameter, shape)),
      gradient: own(slope),
      gradientNorm: number(gradientNorm),
      updates: number(updates),
    },
    origin: () => origin,
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
