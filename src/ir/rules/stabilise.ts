import type { Builder } from '../builder.ts'
import type { Node, NodeId } from '../program.ts'
import type { Rule } from '../rule.ts'
import { throughMoves } from './formula.ts'
import { addedToOne, logOf, softplusOf } from './logarithm.ts'
import { constantOf, inputOf, operands } from './match.ts'

/**
 * Replaces textbook formulas by numerically stable ones, before any gradient is taken. The raw derivative of log(sigmoid(u)) is
 * 0/0 for large |u|, and 1 - sigmoid(40) is 0 in float64.
 */

const logRule: Rule = {
  name: 'log of a sigmoid, an exponential and what is made of them',
  ops: ['log'],
  apply: (b, { inputs: [x] }) => (x === undefined ? undefined : logOf(b, x)),
}

const log1pRule: Rule = {
  name: 'log1p(exp(u)) is softplus(u); log1p(-sigmoid(u)) is -softplus(u)',
  ops: ['log1p'],
  apply: (b, { inputs: [x] }) => {
    if (x === undefined) return undefined
    const taken = inputOf(b, x, 'neg')
    const rest = taken === undefined ? undefined : complement(b, taken)
    return rest === undefined ? softplusOf(b, x) : logOf(b, rest)
  },
}

/** 1 - x, where x is a sigmoid or moved elements of one. */
const complement = (b: Builder, x: NodeId): NodeId | undefined =>
  throughMoves(
    b,
    x,
    (y) => {
      const logit = inputOf(b, y, 'sigmoid')
      return logit === undefined ? undefined : b.sigmoid(b.neg(logit))
    },
    (y) => b.sub(b.number(1), y),
  )

/** The x of a node 1 - x. */
const takenFromOne = (b: Builder, node: Node): NodeId | undefined => {
  const [x, y] = operands(node)
  if (node.op === 'sub' && x !== undefined) return constantOf(b, x) === 1 ? y : undefined
  const term = addedToOne(b, node)
  return term === undefined ? undefined : inputOf(b, term, 'neg')
}

const complementRule: Rule = {
  name: '1 - sigmoid(u) is sigmoid(-u)',
  ops: ['sub', 'add'],
  apply: (b, node) => {
    const x = takenFromOne(b, node)
    return x === undefined ? undefined : complement(b, x)
  },
}

/** 1 / (1 + x), where x is an exponential or moved elements of one. */
const logistic = (b: Builder, x: NodeId): NodeId | undefined =>
  throughMoves(
    b,
    x,
    (y) => {
      const power = inputOf(b, y, 'exp')
      return power === undefined ? undefined : b.sigmoid(b.neg(power))
    },
    (y) => b.div(b.number(1), b.add(b.number(1), y)),
  )

const logisticRule: Rule = {
  name: '1 / (1 + exp(u)) is sigmoid(-u); exp(u) / (1 + exp(u)) is sigmoid(u)',
  ops: ['div'],
  apply: (b, { inputs: [x, y] }) => {
    const term = y === undefined ? undefined : addedToOne(b, b.node(y))
    if (x === undefined || term === undefined) return undefined
    const power = inputOf(b, x, 'exp')
    if (x === term && power !== undefined) return b.sigmoid(power)
    return constantOf(b, x) === 1 ? logistic(b, term) : undefined
  },
}

const negRule: Rule = {
  name: '-(-x) is x',
  ops: ['neg'],
  apply: (b, { inputs: [x] }) => (x === undefined ? undefined : inputOf(b, x, 'neg')),
}

export const stabiliseRules: readonly Rule[] = [negRule, logRule, log1pRule, complementRule, logisticRule]
