import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { count, positive } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Players } from '../dsl/objectives/playerSpec.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import type { Moves, Point, Vector } from './moves.ts'
import { move } from './update.ts'
import { constant, dot, gradientAt, plus, scaled } from './vector.ts'

interface Competitive {
  readonly type: 'competitive'
  readonly rate: number
  readonly iterations: number
}

/** The default options. */
const usual = { iterations: 10 }

/**
 * Competitive gradient descent (Schaefer and Anandkumar 2019, algorithm 1), for zero-sum games of two players. Both move to the
 * equilibrium of the game's bilinear approximation, which `iterations` steps of conjugate gradients find (10 by default). Optimizers
 * receive these moves divided by `rate`; with sgd at that rate it is the paper's algorithm.
 *
 * @example gan({ ...parts, dynamics: competitive({ rate: 0.1 }) })
 */
export const competitive = (options: { readonly rate: number; readonly iterations?: number }): Dynamics<never> => {
  const fields = { rate: 'required', iterations: 'optional' } as const
  checkOptions<{ readonly rate: number; readonly iterations?: number }>('competitive', options, fields)
  return { type: 'competitive', rate: options.rate, iterations: options.iterations ?? usual.iterations }
}

/** Why a game is not zero-sum between two players, if it is not. */
const obstacle = (players: Players): string | undefined => {
  const [first, second, ...others] = Object.entries(players)
  if (first === undefined || second === undefined || others.length > 0) return `${Object.keys(players).length} players`
  const [[name, one], [otherName, other]] = [first, second]
  const shared = one.over.find((network) => other.over.includes(network))
  const identify = identifier()
  if (shared !== undefined) return `network ${shared}, which both own`
  if (one.goal === other.goal) return `that both ${one.goal}`
  return identify(one.objective) === identify(other.objective)
    ? undefined
    : `an objective of ${name} and another one of ${otherName}`
}

const check = (players: Players, path: readonly string[]): readonly SpecError[] => {
  const found = obstacle(players)
  return found === undefined
    ? []
    : [
        specError(path, {
          expected: 'a zero-sum game of two players: one objective, which one minimises and the other maximises',
          found,
          hint: 'write one value function for both (losses.minimax is one), or take consensus or extragradient dynamics',
        }),
      ]
}

/** Avoids 0/0 once conjugate gradients have converged. */
const tiny = 1e-30
const over = (b: Builder, x: NodeId, y: NodeId): NodeId => b.div(x, b.maximum(y, b.number(tiny)))

/** Solves A u = v for a symmetric positive definite A, with `iterations` steps of conjugate gradients from 0 (Hestenes and Stiefel 1952). */
const solved = (b: Builder, product: (u: Vector) => Vector, v: Vector, iterations: number): Vector => {
  let [solution, rest, direction] = [scaled(b, b.number(0), v), v, v]
  let size = dot(b, rest, rest)
  for (let i = 0; i < iterations; i++) {
    const image = product(direction)
    const length = over(b, size, dot(b, direction, image))
    solution = plus(b, solution, length, direction)
    rest = plus(b, rest, b.neg(length), image)
    const next = dot(b, rest, rest)
    direction = plus(b, rest, over(b, next, size), direction)
    size = next
  }
  return solution
}

/** Both gradients of the minimiser's cost f, and its mixed second derivatives as products. */
const derivatives = (moves: Moves, here: Point, x: string, y: string) => {
  const { builder: b, owned } = moves
  const { cost, memory } = moves.costAt(x, '0', here)
  const [byX, byY] = [gradientAt(moves, cost, here, owned(x)), gradientAt(moves, cost, here, owned(y))]
  return {
    cost,
    memory,
    byX,
    byY,
    /** The derivative by x of the gradient by y, times v. */
    mixedX: (v: Vector) => gradientAt(moves, dot(b, byY, constant(b, v)), here, owned(x)),
    mixedY: (v: Vector) => gradientAt(moves, dot(b, byX, constant(b, v)), here, owned(y)),
  }
}

/**
 * x moves by -rate (1 + rate^2 D_xy D_yx)^-1 (f_x + rate D_xy f_y). y moves by rate (f_y + D_yx dx), where dx is that move: its best
 * reply.
 */
export const competitiveDefinition: DynamicsDefinition<Competitive> = {
  codec: () => struct({ type: t.literal('competitive'), rate: positive, iterations: count }),
  rules: ({ rate, iterations }) => ({
    ...onceEach,
    check,
    play: (moves) => {
      const { builder: b, players, start, costAt, apply } = moves
      const [x = '', y = ''] = players
      const here = moves.asVariables(start)
      const { cost, memory, byX, byY, mixedX, mixedY } = derivatives(moves, here, x, y)
      const [eta, squared] = [b.number(rate), b.number(rate ** 2)]
      const pull = plus(b, byX, eta, mixedX(byY))
      const direction = solved(b, (u) => plus(b, u, squared, mixedX(mixedY(u))), pull, iterations)
      const reply = plus(b, byY, b.neg(eta), mixedY(direction))
      const other = costAt(y, '0', here)
      return [
        move(moves, x, 0, { cost, memory, gradient: direction }, start),
        move(moves, y, 0, { cost: b.neg(cost), memory: other.memory, gradient: scaled(b, b.number(-1), reply) }, start),
      ].reduce(apply, start)
    },
    text: `competitive gradient descent: both players at once, rate ${rate}, ${iterations} conjugate gradients`,
  }),
}
