import { type NodeId, type Shape, size } from '../../../ir/program.ts'
import { broadcastShape } from '../../core/broadcastShape.ts'
import { greatestRank, joinRepeated } from '../axes.ts'
import type { Attributes } from '../device.ts'
import { numberOf, type Scope, type Table, type Value } from '../lowering.ts'
import { leaky } from './leaky.ts'
import { expand, reshape } from './movement.ts'

/** Operands of many axes are seen as ones of few, or are repeated before. */
const flattened = (scope: Scope, operands: readonly Value[], shape: Shape): readonly Value[] => {
  if (shape.length <= greatestRank) return operands
  const aligned = operands.map((x) => shape.map((_, axis) => x.shape[axis - shape.length + x.shape.length] ?? 1))
  const joined = joinRepeated(aligned)
  const isFew = joined.every((few) => few.length <= greatestRank)
  return operands.map((x, i) =>
    isFew ? reshape(scope, x, joined[i] ?? x.shape) : reshape(scope, expand(scope, x, shape), [size(shape)]),
  )
}

/** A kernel of one operand, or of two that broadcast to each other. */
export const elementwise = (
  scope: Scope,
  name: string,
  operands: readonly Value[],
  attributes: Attributes = {},
): Value => {
  const shape = broadcastShape(operands.map((x) => x.shape))
  const flat = flattened(scope, operands, shape)
  const [a, b] = flat
  if (a === undefined) throw new Error('an operand is missing')
  const inputs = b === undefined ? { x: a.slot } : { a: a.slot, b: b.slot }
  return reshape(scope, scope.kernel(name, inputs, attributes, broadcastShape(flat.map((x) => x.shape))), shape)
}

const native =
  (name: string) =>
  (node: { readonly inputs: readonly NodeId[] }, scope: Scope): Value =>
    elementwise(scope, name, node.inputs.map(scope.value))

const toFloat = (scope: Scope, x: Value): Value => scope.kernel('Cast', { x: x.slot }, { dtype: 'float32' }, x.shape)

/** 1 where x is positive, else 0; where that is one kernel in place of two, what is not a number stays so. */
export const greater = (node: { readonly inputs: readonly NodeId[] }, scope: Scope): Value => {
  const [x, bound] = node.inputs.map(scope.value)
  const positive = bound !== undefined && numberOf(scope, bound) === 0
  return x !== undefined && positive
    ? elementwise(scope, 'Step', [x], { alpha: 0 })
    : toFloat(scope, elementwise(scope, 'Greater', node.inputs.map(scope.value)))
}

export const equal = (node: { readonly inputs: readonly NodeId[] }, scope: Scope): Value =>
  toFloat(scope, elementwise(scope, 'Equal', node.inputs.map(scope.value)))

const same = (node: { readonly inputs: readonly NodeId[] }, scope: Scope): Value => {
  const [x] = node.inputs.map(scope.value)
  if (x === undefined) throw new Error('an input is missing')
  return x
}

/** A condition as a boolean: what it was before it was made a number. */
const truth = (scope: Scope, condition: Value): Value => {
  const made = scope.producer(condition.slot)
  const [slot] = made.type === 'call' ? Object.values(made.inputs) : []
  if (made.type === 'call' && slot !== undefined) {
    const x = { slot, shape: made.shape }
    if (made.kernel === 'Cast') return x
    if (made.kernel === 'Step' && made.attributes.alpha === 0)
      return elementwise(scope, 'Greater', [x, scope.constant([], [0])])
  }
  return elementwise(scope, 'NotEqual', [condition, scope.constant([], [0])])
}

/** The kernel repeats nothing. */
const choose = (scope: Scope, condition: Value, a: Value, b: Value): Value => {
  const shape = broadcastShape([condition, a, b].map((x) => x.shape))
  const flat = shape.length <= greatestRank ? shape : [size(shape)]
  const [c, t, e] = [truth(scope, condition), a, b].map((x) => reshape(scope, expand(scope, x, shape), flat).slot)
  if (c === undefined || t === undefined || e === undefined) throw new Error('an operand is missing')
  return reshape(scope, scope.kernel('Select', { condition: c, t, e }, {}, flat), shape)
}

const select = (node: { readonly inputs: readonly NodeId[] }, scope: Scope): Value => {
  const [condition, a, b] = node.inputs.map(scope.value)
  if (condition === undefined || a === undefined || b === undefined) throw new Error('an input is missing')
  const found = leaky(scope, condition, a, b)
  if (found === undefined) return choose(scope, condition, a, b)
  return 'slope' in found ? elementwise(scope, 'Multiply', [a, found.slope]) : found.activated
}

export const elementwiseLowerings = {
  neg: native('Neg'),
  exp: native('Exp'),
  log: native('Log'),
  log1p: native('Log1p'),
  expm1: native('Expm1'),
  sqrt: native('Sqrt'),
  rsqrt: native('Rsqrt'),
  tanh: native('Tanh'),
  sigmoid: native('Sigmoid'),
  softplus: native('Softplus'),
  relu: native('Relu'),
  abs: native('Abs'),
  sign: native('Sign'),
  erf: native('Erf'),
  sin: native('Sin'),
  cos: native('Cos'),
  floor: native('Floor'),
  add: native('Add'),
  sub: native('Sub'),
  mul: native('Multiply'),
  div: native('RealDiv'),
  pow: native('Pow'),
  maximum: native('Maximum'),
  minimum: native('Minimum'),
  greater,
  equal,
  select,
  stopGradient: same,
  barrier: same,
} satisfies Partial<Table>
