import type { Builder } from '../builder.ts'
import { again } from '../node.ts'
import { binaryOps, unaryOps } from '../ops/elementwise.ts'
import { evaluateNode, isOp } from '../ops/table.ts'
import { at } from '../present.ts'
import { type Node, type NodeId, type Op, type Shape, sameShape, size } from '../program.ts'
import type { Rule } from '../rule.ts'
import { constantOf, inputOf, operands } from './match.ts'

/** The most elements of a folded constant. Larger ones stay computed, so that programs stay small. */
const foldLimit = 64

const elementwise: readonly Op[] = [...Object.keys({ ...unaryOps, ...binaryOps }).filter(isOp), 'select']

const fold: Rule = {
  name: 'what is computed from constants is a constant',
  ops: [...elementwise, 'sum', 'max', 'reshape', 'transpose', 'concat', 'slice', 'matmul'],
  apply: (b, node) => {
    if (size(node.shape) > foldLimit) return undefined
    const constants = node.inputs.flatMap((input) => {
      const { op, params } = b.node(input)
      return op === 'constant' && 'values' in params ? [Float64Array.from(params.values)] : []
    })
    if (constants.length < node.inputs.length) return undefined
    const value = evaluateNode(node, constants, node.inputs.map(b.shape))
    return b.constant(node.shape, [...value])
  },
}

const reshapeTwice: Rule = {
  name: 'a reshape of a reshape is one; to its own shape, none',
  ops: ['reshape'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (x === undefined) return undefined
    if (sameShape(b.shape(x), node.shape)) return x
    const inner = inputOf(b, x, 'reshape')
    if (inner !== undefined) return b.reshape(inner, node.shape)
    const constant = constantOf(b, x)
    return constant === undefined ? undefined : b.full(node.shape, constant)
  },
}

/** The gradient of slices adds padded tensors. If each one's zeros are where the other has elements, their sum is a concatenation. */
const padsJoin: Rule = {
  name: 'the sum of two padded neighbours is their concatenation, padded',
  ops: ['add'],
  apply: (b, node) => {
    const [x, y] = operands(node)
    if (x === undefined || y === undefined) return undefined
    return joinedPads(b, x, y) ?? joinedPads(b, y, x)
  },
}

/** The axis along which `second` begins where `first` ends, if their places differ in nothing else. */
const joinedPads = (b: Builder, x: NodeId, y: NodeId): NodeId | undefined => {
  const [first, second] = [b.node(x), b.node(y)]
  if (first.op !== 'pad' || second.op !== 'pad') return undefined
  const [left, right] = [at(first.inputs, 0), at(second.inputs, 0)]
  const differing = b.shape(x).flatMap((_, axis) => {
    const same =
      first.params.before[axis] === second.params.before[axis] && first.params.after[axis] === second.params.after[axis]
    return same ? [] : [axis]
  })
  const [axis] = differing
  if (axis === undefined || differing.length > 1) return undefined
  const end = at(first.params.before, axis) + at(b.shape(left), axis)
  if (end !== at(second.params.before, axis)) return undefined
  const after = first.params.after.map((n, i) => (i === axis ? at(second.params.after, axis) : n))
  return b.pad(b.concat([left, right], axis), first.params.before, after)
}

const broadcastTwice: Rule = {
  name: 'a broadcast of a broadcast is one',
  ops: ['broadcast'],
  apply: (b, node) => {
    const inner = node.inputs[0] === undefined ? undefined : inputOf(b, node.inputs[0], 'broadcast')
    return inner === undefined ? undefined : b.broadcast(inner, node.shape)
  },
}

const broadcastOfOne: Rule = {
  name: 'one number is broadcast from a scalar, whatever its axes',
  ops: ['broadcast'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (x === undefined || b.shape(x).length === 0 || size(b.shape(x)) !== 1) return undefined
    return b.broadcast(b.reshape(x, []), node.shape)
  },
}

const transposeTwice: Rule = {
  name: 'a transpose of a transpose is one',
  ops: ['transpose'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (node.op !== 'transpose' || x === undefined) return undefined
    const inner = b.node(x)
    if (inner.op !== 'transpose') return undefined
    return b.transpose(
      at(inner.inputs, 0),
      node.params.permutation.map((axis) => at(inner.params.permutation, axis)),
    )
  },
}

const sliceTwice: Rule = {
  name: 'a slice of a slice is one; of a constant everywhere, that constant',
  ops: ['slice'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (node.op !== 'slice' || x === undefined) return undefined
    const constant = constantOf(b, x)
    if (constant !== undefined) return b.full(node.shape, constant)
    const inner = b.node(x)
    if (inner.op !== 'slice') return undefined
    const starts = node.params.starts.map((start, axis) => start + at(inner.params.starts, axis))
    return b.slice(at(inner.inputs, 0), starts, node.params.sizes)
  },
}

/** Moves elementwise ops before broadcasts, where there are fewer elements. */
const broadcastLast: Rule = {
  name: 'f(broadcast x) is broadcast f(x)',
  ops: elementwise,
  apply: (b, node) => {
    const inners = node.inputs.map((input) => narrow(b, input))
    const [first] = inners.flatMap((inner) => (inner === undefined || inner === 'constant' ? [] : [inner]))
    if (first === undefined || size(b.shape(first)) === size(node.shape)) return undefined
    const shape = b.shape(first)
    const fits = inners.every(
      (inner) => inner === 'constant' || (inner !== undefined && sameShape(b.shape(inner), shape)),
    )
    if (!fits) return undefined
    const inputs = inners.map((inner, i) => narrowed(b, inner, at(node.inputs, i), shape))
    return b.broadcast(again(b, node, inputs), node.shape)
  },
}

/** The input of a broadcast; 'constant' for a node filled with one constant; `undefined` for others. */
const narrow = (b: Builder, x: NodeId): NodeId | 'constant' | undefined =>
  constantOf(b, x) === undefined ? inputOf(b, x, 'broadcast') : 'constant'

const narrowed = (b: Builder, inner: NodeId | 'constant' | undefined, x: NodeId, shape: Shape): NodeId => {
  const constant = constantOf(b, x)
  if (inner === 'constant' && constant !== undefined) return b.full(shape, constant)
  return inner === undefined || inner === 'constant' ? x : inner
}

/** If all operands are filled with one constant each, computes with single numbers. */
const constantEverywhere: Rule = {
  name: 'f of constants everywhere is one everywhere',
  ops: elementwise,
  apply: (b, node) => {
    if (node.shape.length === 0) return undefined
    const values = node.inputs.map((input) => constantOf(b, input))
    if (values.some((value) => value === undefined)) return undefined
    const scalars = values.flatMap((value) => (value === undefined ? [] : [b.number(value)]))
    return b.broadcast(again(b, node, scalars), node.shape)
  },
}

const sumTwice: Rule = {
  name: 'a sum of a sum is one',
  ops: ['sum'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (node.op !== 'sum' || x === undefined) return undefined
    const inner = b.node(x)
    if (inner.op !== 'sum') return undefined
    const from = b.shape(at(inner.inputs, 0))
    const kept = from.map((_, axis) => axis).filter((axis) => !inner.params.axes.includes(axis))
    const axes = [...inner.params.axes, ...node.params.axes.map((axis) => at(kept, axis))].sort((a, c) => a - c)
    return b.sum(at(inner.inputs, 0), axes)
  },
}

const sumOfConstant: Rule = {
  name: 'a sum of a constant is a multiple',
  ops: ['sum'],
  apply: (b, node) => {
    const [x] = node.inputs
    const constant = x === undefined ? undefined : constantOf(b, x)
    return x === undefined || constant === undefined
      ? undefined
      : b.full(node.shape, (constant * size(b.shape(x))) / size(node.shape))
  },
}

/** Moves a constant factor or a sign out of a sum, where there are fewer elements. */
const factorAfterSum: Rule = {
  name: 'sum(x c) is sum(x) c; sum(-x) is -sum(x)',
  ops: ['sum'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (node.op !== 'sum' || x === undefined) return undefined
    const inner = b.node(x)
    const [u, v] = inner.inputs
    if (inner.op === 'neg' && u !== undefined) return b.neg(b.sum(u, node.params.axes))
    const factor = inner.op === 'mul' && v !== undefined ? constantOf(b, v) : undefined
    return factor === undefined || u === undefined ? undefined : b.mul(b.sum(u, node.params.axes), b.number(factor))
  },
}

const swapsLast = (permutation: readonly number[]): boolean => {
  const rank = permutation.length
  const swapped = permutation.map((_, axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis))
  return rank >= 2 && sameShape(permutation, swapped)
}

/** The input of a transpose that swaps the last two axes. */
const swapped = (b: Builder, x: NodeId): NodeId | undefined => {
  const node: Node = b.node(x)
  return node.op === 'transpose' && swapsLast(node.params.permutation) ? node.inputs[0] : undefined
}

const matmulTranspose: Rule = {
  name: 'a transposed operand of matmul is a flag',
  ops: ['matmul'],
  apply: (b, node) => {
    const [x, y] = operands(node)
    if (node.op !== 'matmul' || x === undefined || y === undefined) return undefined
    const [left, right] = [swapped(b, x), swapped(b, y)]
    if (left === undefined && right === undefined) return undefined
    return b.matmul(left ?? x, right ?? y, {
      transposeA: node.params.transposeA !== (left !== undefined),
      transposeB: node.params.transposeB !== (right !== undefined),
    })
  },
}

export const movementRules: readonly Rule[] = [
  fold,
  constantEverywhere,
  reshapeTwice,
  padsJoin,
  broadcastTwice,
  broadcastOfOne,
  transposeTwice,
  sliceTwice,
  broadcastLast,
  sumTwice,
  sumOfConstant,
  factorAfterSum,
  matmulTranspose,
]
