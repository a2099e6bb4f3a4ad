import type { Builder } from '../builder.ts'
import { type NodeId, size } from '../program.ts'
import type { Rule } from '../rule.ts'
import { constantOf, inputOf, operands } from './match.ts'

/**
 * Multiplies broadcast factors with each other first, and with a sum instead of its elements, so that fewer elements are
 * multiplied. Only for finished programs: differentiation must see the formulas as they were written.
 */

/** The input of a broadcast, if the node is one. */
const narrow = (b: Builder, x: NodeId): NodeId | undefined => {
  const constant = constantOf(b, x)
  return constant === undefined ? inputOf(b, x, 'broadcast') : b.number(constant)
}

interface Product {
  readonly rest: NodeId
  readonly factor: NodeId
}

/** The node as a product of something and a broadcast, if it is one. */
const scaledBy = (b: Builder, x: NodeId): Product | undefined => {
  const node = b.node(x)
  const [u, v] = operands(node)
  if (node.op !== 'mul' || u === undefined || v === undefined) return undefined
  const [left, right] = [narrow(b, u), narrow(b, v)]
  if ((left === undefined) === (right === undefined)) return undefined
  return left === undefined ? { rest: u, factor: v } : { rest: v, factor: u }
}

/** The product of two broadcasts, computed at the shape of the larger of their inputs, if that is possible. */
const joined = (b: Builder, x: NodeId, y: NodeId): NodeId | undefined => {
  // Another rule multiplies two constants. It checks that float32 can hold the product.
  if (constantOf(b, x) !== undefined && constantOf(b, y) !== undefined) return undefined
  const [left, right] = [narrow(b, x), narrow(b, y)]
  if (left === undefined || right === undefined) return undefined
  const [shapeLeft, shapeRight] = [b.shape(left), b.shape(right)]
  const fits = shapeLeft.length === 0 || shapeRight.length === 0 || `${shapeLeft}` === `${shapeRight}`
  return fits ? b.broadcast(b.mul(left, right), b.shape(x)) : undefined
}

const factorsFirst: Rule = {
  name: '(x s) t is x (s t) for broadcasts s and t',
  ops: ['mul'],
  apply: (b, node) => {
    const [x, y] = operands(node)
    if (x === undefined || y === undefined) return undefined
    const inner = narrow(b, y) === undefined ? scaledBy(b, y) : scaledBy(b, x)
    const factor = inner === undefined ? undefined : joined(b, inner.factor, narrow(b, y) === undefined ? x : y)
    return inner === undefined || factor === undefined ? undefined : b.mul(inner.rest, factor)
  },
}

/** The factor without the summed axes, if it is constant along them. */
const withoutAxes = (b: Builder, factor: NodeId, axes: readonly number[]): NodeId | undefined => {
  const from = narrow(b, factor)
  if (from === undefined) return undefined
  const [whole, shape] = [b.shape(factor), b.shape(from)]
  const lead = whole.length - shape.length
  const same = axes.every((axis) => axis < lead || (shape[axis - lead] === 1 && whole[axis] !== 1))
  const kept = shape.filter((_, axis) => !axes.includes(axis + lead))
  return same ? b.reshape(from, kept) : undefined
}

/** Splits a product into a factor that is constant along the axes, and the rest. */
const factorOutside = (b: Builder, x: NodeId): Product | undefined => {
  const outer = scaledBy(b, x)
  if (outer !== undefined) return outer
  const node = b.node(x)
  const [u, v] = operands(node)
  if (node.op !== 'mul' || u === undefined || v === undefined) return undefined
  const [left, right] = [scaledBy(b, u), scaledBy(b, v)]
  if (left !== undefined) return { rest: b.mul(left.rest, v), factor: left.factor }
  return right === undefined ? undefined : { rest: b.mul(u, right.rest), factor: right.factor }
}

const factorsAfterSum: Rule = {
  name: 'sum(x s) is sum(x) s for a broadcast s along the axes of the sum',
  ops: ['sum'],
  apply: (b, node) => {
    const [x] = node.inputs
    if (node.op !== 'sum' || x === undefined || size(node.shape) === size(b.shape(x))) return undefined
    const found = factorOutside(b, x)
    const factor = found === undefined ? undefined : withoutAxes(b, found.factor, node.params.axes)
    return found === undefined || factor === undefined
      ? undefined
      : b.mul(b.sum(found.rest, node.params.axes), b.broadcast(factor, node.shape))
  },
}

export const factorRules: readonly Rule[] = [factorsFirst, factorsAfterSum]
