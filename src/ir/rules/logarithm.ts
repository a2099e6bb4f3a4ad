import type { Builder } from '../builder.ts'
import type { Node, NodeId } from '../program.ts'
import { bottomUp, type Made, moved, movedBy, throughMoves } from './formula.ts'
import { constantOf, inputOf, operands } from './match.ts'

/** The logarithm of a node whose form is positive, without overflow or underflow; `undefined` for other nodes. */
export const logOf = (b: Builder, root: NodeId): NodeId | undefined =>
  bottomUp(b, root, factors, (x, log) => logOfOne(b, x, log))

/** The parts of a node whose logarithms combine to its own. */
const factors = (node: Node): readonly NodeId[] => {
  if (node.op === 'sqrt' || node.op === 'pow') return node.inputs.slice(0, 1)
  if (node.op === 'mul' || node.op === 'div') return node.inputs
  return node.op === 'select' ? node.inputs.slice(1) : movedBy(node)
}

const logOfOne = (b: Builder, x: NodeId, log: Made): NodeId | undefined => {
  const node = b.node(x)
  const [first, second, third] = node.inputs
  if (first === undefined) return undefined
  if (node.op === 'exp') return first
  if (node.op === 'sigmoid') return b.neg(b.softplus(b.neg(first)))
  if (node.op === 'sqrt') return scaled(b, log(first), b.number(0.5))
  if (second === undefined) return moved(b, x, log, b.log)
  if (node.op === 'pow') return scaled(b, log(first), second)
  if (node.op === 'mul') return joined(b, 'add', log, first, second)
  if (node.op === 'div') return joined(b, 'sub', log, first, second)
  if (node.op === 'add') return logOfSum(b, node)
  if (node.op === 'select' && third !== undefined) {
    const [yes, no] = [log(second), log(third)]
    return yes === undefined || no === undefined ? undefined : b.select(first, yes, no)
  }
  return moved(b, x, log, b.log)
}

const scaled = (b: Builder, x: NodeId | undefined, factor: NodeId): NodeId | undefined =>
  x === undefined ? undefined : b.mul(x, factor)

/** log(x y) or log(x / y), if the form of one operand is positive. The other is then positive wherever the whole is. */
const joined = (b: Builder, op: 'add' | 'sub', log: Made, x: NodeId, y: NodeId): NodeId | undefined => {
  const [left, right] = [log(x), log(y)]
  return left === undefined && right === undefined ? undefined : b[op](left ?? b.log(x), right ?? b.log(y))
}

const logOfSum = (b: Builder, sum: Node): NodeId | undefined => {
  const term = addedToOne(b, sum)
  return term === undefined ? undefined : softplusOf(b, term)
}

/** The x of a node 1 + x. */
export const addedToOne = (b: Builder, node: Node): NodeId | undefined => {
  const [x, y] = operands(node)
  if (node.op !== 'add' || x === undefined || y === undefined) return undefined
  if (constantOf(b, y) === 1) return x
  return constantOf(b, x) === 1 ? y : undefined
}

/** log(1 + x) where x is an exponential or moved elements of one: log(1 + exp(u)) is softplus(u). */
export const softplusOf = (b: Builder, x: NodeId): NodeId | undefined =>
  throughMoves(
    b,
    x,
    (y) => {
      const power = inputOf(b, y, 'exp')
      return power === undefined ? undefined : b.softplus(power)
    },
    b.log1p,
  )
