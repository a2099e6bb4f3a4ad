import { numberOf, type Scope, type Value } from '../lowering.ts'

/** The x of a condition x > 0. */
const isPositive = (scope: Scope, condition: Value): Value | undefined => {
  const made = scope.producer(condition.slot)
  if (made.type !== 'call' || made.kernel !== 'Step' || made.attributes.alpha !== 0) return undefined
  const [slot] = Object.values(made.inputs)
  return slot === undefined ? undefined : { slot, shape: condition.shape }
}

interface Multiple {
  readonly of: number
  readonly by: number
}

/** A value as so many times another. */
const multiple = (scope: Scope, { slot }: Value): Multiple => {
  const made = scope.producer(slot)
  const [left, right] = made.type === 'call' && made.kernel === 'Multiply' ? Object.values(made.inputs) : []
  for (const [of, times] of [
    [left, right],
    [right, left],
  ]) {
    const by = times === undefined ? undefined : numberOf(scope, { slot: times, shape: [] })
    if (of !== undefined && by !== undefined) return { of, by }
  }
  return { of: slot, by: 1 }
}

/** How many times `a` a value is, where that is a constant. */
const factor = (scope: Scope, value: Value, a: Value): number | undefined => {
  const [b, whole] = [multiple(scope, value), multiple(scope, a)]
  if (b.of === a.slot) return b.by
  return b.of === whole.of && whole.by !== 0 ? b.by / whole.by : undefined
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
