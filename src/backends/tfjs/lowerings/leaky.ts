import { numberOf, type Scope, type Value } from '../lowering.ts'

/** The x of a condition x > 0. */
const isPositive = (scope: Scope, condition: Value): number | undefined => {
  const made = scope.producer(condition.slot)
  return made.type === 'call' && made.kernel === 'Step' && made.attributes.alpha === 0
    ? Object.values(made.inputs)[0]
    : undefined
}

/** How many times `a` a value is, where that is a constant. */
const factor = (scope: Scope, value: Value, a: Value): number | undefined => {
  const made = scope.producer(value.slot)
  if (made.type !== 'call' || made.kernel !== 'Multiply') return undefined
  const [left, right] = Object.values(made.inputs)
  const other = left === a.slot ? right : right === a.slot ? left : undefined
  return other === undefined ? undefined : numberOf(scope, { slot: other, shape: [] })
}

/** `select(x > 0, a, k a)`, which is a leaky relu where a is x, and else the derivative of one: a kernel each, and a product. */
export const leaky = (scope: Scope, condition: Value, a: Value, b: Value): Value | undefined => {
  const x = isPositive(scope, condition)
  const k = factor(scope, b, a)
  if (x === undefined || k === undefined) return undefined
  if (a.slot === x) return scope.kernel('LeakyRelu', { x }, { alpha: k }, a.shape)
  const slope = scope.kernel('Step', { x }, { alpha: k }, condition.shape)
  return scope.kernel('Multiply', { a: a.slot, b: slope.slot }, {}, wider(a, slope))
}

const wider = (a: Value, b: Value): Value['shape'] => (a.shape.length >= b.shape.length ? a.shape : b.shape)
