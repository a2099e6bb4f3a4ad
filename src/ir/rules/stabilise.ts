import type { Builder } from '../builder.ts'
import type { Node, NodeId } from '../program.ts'
import type { Rule } from '../rule.ts'
import { again, constantOf, inputOf, moves, operands } from './match.ts'

/**
 * The textbook formula is made the numerically stable one before any gradient is taken: the raw derivative of
 * log(sigmoid(u)) is 0/0 far out, and 1 - sigmoid(40) is 0 in float64.
 */

/** Applies f through what only moves elements; a concatenation if f knows any of its parts (`otherwise` does the rest). */
const through = (
  b: Builder,
  x: NodeId,
  f: (x: NodeId) => NodeId | undefined,
  otherwise: (x: NodeId) => NodeId,
): NodeId | undefined => {
  const node = b.node(x)
  const [first] = node.inputs
  if (first !== undefined && moves.has(node.op)) {
    const inner = f(first)
    return inner === undefined ? undefined : again(b, node, [inner])
  }
  if (node.op !== 'concat') return undefined
  const parts = node.inputs.map(f)
  if (parts.every((part) => part === undefined)) return undefined
  return again(
    b,
    node,
    node.inputs.map((input, i) => parts[i] ?? otherwise(input)),
  )
}

/** The logarithm of a node that is positive by its form, without overflow or underflow; `undefined` for other nodes. */
const logOf = (b: Builder, x: NodeId): NodeId | undefined => {
  const node = b.node(x)
  const [first, second, third] = node.inputs
  if (first === undefined) return undefined
  if (node.op === 'exp') return first
  if (node.op === 'sigmoid') return b.neg(b.softplus(b.neg(first)))
  if (node.op === 'sqrt') return scaled(b, logOf(b, first), b.number(0.5))
  if (node.op === 'pow' && second !== undefined) return scaled(b, logOf(b, first), second)
  if (node.op === 'mul' && second !== undefined) return joined(b, 'add', first, second)
  if (node.op === 'div' && second !== undefined) return joined(b, 'sub', first, second)
  if (node.op === 'add' && second !== undefined) return logOnePlus(b, first, second)
  if (node.op === 'select' && second !== undefined && third !== undefined) {
    const [yes, no] = [logOf(b, second), logOf(b, third)]
    return yes === undefined || no === undefined ? undefined : b.select(first, yes, no)
  }
  return through(b, x, (y) => logOf(b, y), b.log)
}

const scaled = (b: Builder, x: NodeId | undefined, factor: NodeId): NodeId | undefined =>
  x === undefined ? undefined : b.mul(x, factor)

/** log(x y) or log(x / y), where one of them is positive by its form: the other is then positive wherever the whole is. */
const joined = (b: Builder, op: 'add' | 'sub', x: NodeId, y: NodeId): NodeId | undefined => {
  const [left, right] = [logOf(b, x), logOf(b, y)]
  return left === undefined && right === undefined ? undefined : b[op](left ?? b.log(x), right ?? b.log(y))
}

/** log(1 + exp(u)) is softplus(u). */
const logOnePlus = (b: Builder, x: NodeId, y: NodeId): NodeId | undefined => {
  const power =
    constantOf(b, x) === 1 ? inputOf(b, y, 'exp') : constantOf(b, y) === 1 ? inputOf(b, x, 'exp') : undefined
  return power === undefined ? undefined : b.softplus(power)
}

/** 1 - x, where x is a sigmoid or moved elements of one. */
const complement = (b: Builder, x: NodeId): NodeId | undefined => {
  const logit = inputOf(b, x, 'sigmoid')
  if (logit !== undefined) return b.sigmoid(b.neg(logit))
  return through(
    b,
    x,
    (y) => complement(b, y),
    (y) => b.sub(b.number(1), y),
  )
}

const logRule: Rule = {
  name: 'log of a sigmoid, an exponential and what is made of them',
  ops: ['log'],
  apply: (b, { inputs: [x] }) => (x === undefined ? undefined : logOf(b, x)),
}

const log1pRule: Rule = {
  name: 'log1p(exp(u)) is softplus(u)',
  ops: ['log1p'],
  apply: (b, { inputs: [x] }) => {
    const power = x === undefined ? undefined : inputOf(b, x, 'exp')
    return power === undefined ? undefined : b.softplus(power)
  },
}

/** What is taken from 1, where a node does that. */
const takenFromOne = (b: Builder, node: Node): NodeId | undefined => {
  const [x, y] = operands(node) ?? []
  if (x === undefined || y === undefined) return undefined
  if (node.op === 'sub') return constantOf(b, x) === 1 ? y : undefined
  if (constantOf(b, x) === 1) return inputOf(b, y, 'neg')
  return constantOf(b, y) === 1 ? inputOf(b, x, 'neg') : undefined
}

const complementRule: Rule = {
  name: '1 - sigmoid(u) is sigmoid(-u)',
  ops: ['sub', 'add'],
  apply: (b, node) => {
    const x = takenFromOne(b, node)
    return x === undefined ? undefined : complement(b, x)
  },
}

const logisticRule: Rule = {
  name: '1 / (1 + exp(u)) is sigmoid(-u)',
  ops: ['div'],
  apply: (b, { inputs: [x, y] }) => {
    if (x === undefined || y === undefined || constantOf(b, x) !== 1) return undefined
    const sum = b.node(y)
    const [left, right] = operands(sum) ?? []
    if (sum.op !== 'add' || left === undefined || right === undefined) return undefined
    const power =
      constantOf(b, left) === 1
        ? inputOf(b, right, 'exp')
        : constantOf(b, right) === 1
          ? inputOf(b, left, 'exp')
          : undefined
    return power === undefined ? undefined : b.sigmoid(b.neg(power))
  },
}

const negRule: Rule = {
  name: '-(-x) is x',
  ops: ['neg'],
  apply: (b, { inputs: [x] }) => (x === undefined ? undefined : inputOf(b, x, 'neg')),
}

export const stabiliseRules: readonly Rule[] = [negRule, logRule, log1pRule, complementRule, logisticRule]
