import type { Builder } from '../builder.ts'
import type { NodeId } from '../program.ts'
import type { Rule } from '../rule.ts'
import { constantOf } from './match.ts'

interface Choice {
  readonly condition: NodeId
  readonly yes: NodeId
  readonly no: NodeId
}

const choiceOf = (b: Builder, x: NodeId): Choice | undefined => {
  const node = b.node(x)
  const [condition, yes, no] = node.inputs
  return node.op !== 'select' || condition === undefined || yes === undefined || no === undefined
    ? undefined
    : { condition, yes, no }
}

const isZero = (b: Builder, x: NodeId): boolean => constantOf(b, x) === 0

/** Moves a factor into the branch of a select whose other branch is 0, so that the next rule can join two of them. */
const scaledBranch: Rule = {
  name: 'select(c, x, 0) k is select(c, x k, 0)',
  ops: ['mul'],
  apply: (b, { inputs: [x, k] }) => {
    const choice = x === undefined ? undefined : choiceOf(b, x)
    if (choice === undefined || k === undefined || constantOf(b, k) === undefined) return undefined
    const { condition, yes, no } = choice
    if (isZero(b, no)) return b.select(condition, b.mul(yes, k), no)
    return isZero(b, yes) ? b.select(condition, yes, b.mul(no, k)) : undefined
  },
}

/** Joins the two selects that the gradient of a piecewise function adds. */
const joinedBranches: Rule = {
  name: 'select(c, x, 0) + select(c, 0, y) is select(c, x, y)',
  ops: ['add'],
  apply: (b, { inputs: [x, y] }) => {
    if (x === undefined || y === undefined) return undefined
    const [left, right] = [choiceOf(b, x), choiceOf(b, y)]
    if (left === undefined || right === undefined || left.condition !== right.condition) return undefined
    if (isZero(b, left.no) && isZero(b, right.yes)) return b.select(left.condition, left.yes, right.no)
    return isZero(b, left.yes) && isZero(b, right.no) ? b.select(left.condition, right.yes, left.no) : undefined
  },
}

export const selectRules: readonly Rule[] = [scaledBranch, joinedBranches]
