import { at } from '../../../ir/present.ts'
import { float } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { isPositive } from './condition.ts'

/** The constant k of a value k a; `undefined` if it has another form. */
const factor = (scope: Scope, value: string, a: string): number | undefined => {
  const made = scope.producer(value)
  if (made?.op !== 'Mul' || !made.inputs.includes(a)) return undefined
  const by = at(made.inputs, 0) === a ? at(made.inputs, 1) : at(made.inputs, 0)
  return scope.number(by)
}

/** Any positive number times this is 1 or more, but for denormal ones, whose slope may lie between the two. */
const steep = 2 ** 127

/** 1 where x is positive, else k; NaN where x is. */
const slope = (scope: Scope, x: string, k: number): string =>
  scope.node('Clip', [scope.node('Mul', [x, scope.floats([], [steep])]), scope.floats([], [k]), scope.floats([], [1])])

/** `select(x > 0, a, k a)` for k in [0, 1], which is a leaky relu where a is x, and else the derivative of one. */
export const leaky = (scope: Scope, condition: string, a: string, b: string): string | undefined => {
  const x = isPositive(scope, condition)
  const k = factor(scope, b, a)
  if (x === undefined || k === undefined || k < 0 || k > 1) return undefined
  return a === x ? scope.node('LeakyRelu', [x], { alpha: float(k) }) : scope.node('Mul', [a, slope(scope, x, k)])
}
