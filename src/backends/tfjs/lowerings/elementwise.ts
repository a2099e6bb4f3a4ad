import type { BinaryOp, UnaryOp } from '../../../ir/ops/elementwise.ts'
import { type Shape, size } from '../../../ir/program.ts'
import { alignedTo, broadcastShape } from '../../core/broadcastShape.ts'
import { greatestRank, joinRepeated } from '../axes.ts'
import type { Attributes } from '../kernelCall.ts'
import { type Lowering, numberOf, type Scope, type Table, type Value } from '../lowering.ts'
import type { Slot } from '../plan.ts'
import { leaky } from './leaky.ts'
import { expand, reshape } from './movement.ts'

/** A kernel of one operand, whose axes are seen as one where they are many. */
const unary = (scope: Scope, name: string, x: Value, attributes: Attributes = {}): Value => {
  const flat = x.shape.length <= greatestRank ? x : reshape(scope, x, [size(x.shape)])
  return reshape(scope, scope.kernel(name, { x: flat.slot }, attributes, flat.shape), x.shape)
}

/** Two operands of many axes are seen as ones of few, or are repeated before. */
const flattened = (scope: Scope, a: Value, b: Value, shape: Shape): readonly [Value, Value] => {
  if (shape.length <= greatestRank) return [a, b]
  const join = joinRepeated(alignedTo(shape, a.shape), alignedTo(shape, b.shape))
  const flat = (x: Value): Value =>
    join.rank <= greatestRank
      ? reshape(scope, x, join.of(alignedTo(shape, x.shape)))
      : reshape(scope, expand(scope, x, shape), [size(shape)])
  return [flat(a), flat(b)]
}

/** A kernel of two operands that broadcast to each other. */
export const binary = (scope: Scope, name: string, a: Value, b: Value): Value => {
  const shape = broadcastShape([a.shape, b.shape])
  const [x, y] = flattened(scope, a, b, shape)
  const made = scope.kernel(name, { a: x.slot, b: y.slot }, {}, broadcastShape([x.shape, y.shape]))
  return reshape(scope, made, shape)
}

const ofOne =
  (name: string): Lowering<UnaryOp> =>
  (node, scope) =>
    unary(scope, name, scope.value(node.inputs[0]))

const ofTwo =
  (name: string): Lowering<BinaryOp> =>
  (node, scope) => {
    const [a, b] = node.inputs
    return binary(scope, name, scope.value(a), scope.value(b))
  }

const toFloat = (scope: Scope, x: Value): Value => scope.kernel('Cast', { x: x.slot }, { dtype: 'float32' }, x.shape)

/** 1 where x is positive, else 0; where that is one kernel in place of two, what is not a number stays so. */
export const greater: Lowering<'greater'> = (node, scope) => {
  const [left, right] = node.inputs
  const [x, bound] = [scope.value(left), scope.value(right)]
  return numberOf(scope, bound) === 0
    ? unary(scope, 'Step', x, { alpha: 0 })
    : toFloat(scope, binary(scope, 'Greater', x, bound))
}

export const equal: Lowering<'equal'> = (node, scope) => {
  const [left, right] = node.inputs
  return toFloat(scope, binary(scope, 'Equal', scope.value(left), scope.value(right)))
}

const same: Lowering<'stopGradient' | 'barrier'> = (node, scope) => scope.value(node.inputs[0])

/** A condition as a boolean: what it was before it was made a number. */
const truth = (scope: Scope, condition: Value): Value => {
  const made = scope.producer(condition.slot)
  const [slot] = made.type === 'call' ? Object.values(made.inputs) : []
  if (made.type === 'call' && slot !== undefined) {
    const x = { slot, shape: made.shape }
    if (made.kernel === 'Cast') return x
    if (made.kernel === 'Step' && made.attributes.alpha === 0)
      return binary(scope, 'Greater', x, scope.constant([], [0]))
  }
  return binary(scope, 'NotEqual', condition, scope.constant([], [0]))
}

/** The kernel repeats nothing. */
const choose = (scope: Scope, condition: Value, a: Value, b: Value): Value => {
  const shape = broadcastShape([condition, a, b].map((x) => x.shape))
  const flat = shape.length <= greatestRank ? shape : [size(shape)]
  const whole = (x: Value): Slot => reshape(scope, expand(scope, x, shape), flat).slot
  const inputs = { condition: whole(truth(scope, condition)), t: whole(a), e: whole(b) }
  return reshape(scope, scope.kernel('Select', inputs, {}, flat), shape)
}

const select: Lowering<'select'> = (node, scope) => {
  const [of, then, otherwise] = node.inputs
  const [condition, a, b] = [scope.value(of), scope.value(then), scope.value(otherwise)]
  const found = leaky(scope, condition, a, b)
  if (found === undefined) return choose(scope, condition, a, b)
  return 'slope' in found ? binary(scope, 'Multiply', a, found.slope) : found.activated
}

export const elementwiseLowerings = {
  neg: ofOne('Neg'),
  exp: ofOne('Exp'),
  log: ofOne('Log'),
  log1p: ofOne('Log1p'),
  expm1: ofOne('Expm1'),
  sqrt: ofOne('Sqrt'),
  rsqrt: ofOne('Rsqrt'),
  tanh: ofOne('Tanh'),
  sigmoid: ofOne('Sigmoid'),
  softplus: ofOne('Softplus'),
  relu: ofOne('Relu'),
  abs: ofOne('Abs'),
  sign: ofOne('Sign'),
  erf: ofOne('Erf'),
  sin: ofOne('Sin'),
  cos: ofOne('Cos'),
  floor: ofOne('Floor'),
  add: ofTwo('Add'),
  sub: ofTwo('Sub'),
  mul: ofTwo('Multiply'),
  div: ofTwo('RealDiv'),
  pow: ofTwo('Pow'),
  maximum: ofTwo('Maximum'),
  minimum: ofTwo('Minimum'),
  greater,
  equal,
  select,
  stopGradient: same,
  barrier: same,
} satisfies Partial<Table>
