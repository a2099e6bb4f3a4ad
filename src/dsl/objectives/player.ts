import { checkText } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { type Expr, type Level, toTerm } from '../terms/expression.ts'
import type { IsScalar, Show } from '../types/shape.ts'
import type { PlayerSpec } from './playerSpec.ts'

declare const about: unique symbol
/** A player. As types only, `W` are the networks that it owns and `U` the names that it uses. */
export interface Player<out W extends string = string, out U extends string = string> extends PlayerSpec {
  readonly over: readonly W[]
  readonly [about]?: U | undefined
}

type Objective<L extends Level, S extends Shape, U extends string> = [L] extends ['batch']
  ? IsScalar<S> extends true
    ? Expr<L, S, U>
    : `an objective is one number, but this is ${Show<S>}: take its norm, sum or mean`
  : 'an objective is one number, but this is one per sample: average it over the batch with E(...)'

const checkOwned = (goal: PlayerSpec['goal'], names: readonly unknown[]): void => {
  for (const name of names.flat())
    checkText(goal, 'over', name, `Name the network whose parameters move: ${goal}(E(D(x)), 'D').`)
}

const player =
  (goal: PlayerSpec['goal']) =>
  <L extends Level, S extends Shape, U extends string, W extends string>(
    objective: Objective<L, S, U>,
    ...[first, ...others]: readonly [W | readonly W[], ...W[]]
  ): Player<W, U> => {
    checkOwned(goal, [first, ...others])
    const over = typeof first === 'string' ? [first, ...others] : [...first, ...others]
    return { goal, objective: toTerm(objective, goal), over }
  }

/**
 * A player that minimises an objective over the parameters of the networks that it owns: one name, or a list of names.
 *
 * @example minimise(E(softplus(neg(D(fake)))), 'G')
 */
export const minimise = /* @__PURE__ */ player('minimise')
/**
 * A player that maximises an objective over the parameters of the networks that it owns: one name, or a list of names.
 *
 * @example maximise(add(E(log(sigmoid(D(x)))), E(log(sigmoid(neg(D(fake)))))), 'D')
 */
export const maximise = /* @__PURE__ */ player('maximise')
