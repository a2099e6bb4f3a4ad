import { numberOf, type Scope, type Value } from '../lowering.ts'

/** The x of a condition x > 0. */
const isPositive = (scope: Scope, condition: Value): Value | undefined => {
  const made = scope.producer(condition.slot)
  if (made.type !== 'call' || made.kernel !== 'Step' || made.attributes.alpha !== 0) return undefined
  const [slot] = Object.values(made.inputs)
  return slot === undefined ? undefined : { slot, shape: condition.shape }
}

/** How many times `a` a value is, where that is a constant. */
const factor = (scope: Scope, value: Value, a: Value): number | undefined => {
  const made = scope.producer(value.slot)
  if (made.type !== 'call' || made.kernel !== 'Multiply') return undefined
  const [left, right] = Object.values(made.inputs)
  const other = left === a.slot ? right : right === a.slot ? left : undefined
  return other === undefined ? undefined : numberOf(scope, { slot: other, shape: [] })
}

/**
 * What `select(x > 0, a, k a)` is without a choice: a leaky relu where a is x, and else the derivative of one, by which a is
 * to be multiplied.
 */
export const leaky = (
  scope: Scope,
  condition: Value,
  a: Value,
  b: Value,
): { readonly activated: Value } | { readonly slope: Value } | undefined => {
  const x = isPositive(scope, condition)
  const k = factor(scope, b, a)
  if (x === undefined || k === undefined) return undefined
  const kernel = a.slot === x.slot ? 'LeakyRelu' : 'Step'
  const made = scope.kernel(kernel, { x: x.slot }, { alpha: k }, x.shape)
  return kernel === 'LeakyRelu' ? { activated: made } : { slope: made }
}
