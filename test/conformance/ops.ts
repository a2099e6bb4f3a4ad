import fc from 'fast-check'
import { type Builder, createBuilder } from '../../src/ir/builder.ts'
import { gradient } from '../../src/ir/gradient.ts'
import type { UnaryOp } from '../../src/ir/ops/elementwise.ts'
import { unaryOps } from '../../src/ir/ops/elementwise.ts'
import { isOp, ops } from '../../src/ir/ops/table.ts'
import type { NodeId, Op } from '../../src/ir/program.ts'
import { applied, direction, programOf } from '../laws/meaning.ts'
import { type OpCase, opCases } from '../laws/opCase.ts'
import { type Case, programCase } from './case.ts'

const states = (operands: OpCase<Op>['operands']) =>
  Object.fromEntries(operands.map(({ values }, i) => [`x${i}`, values]))

const weighted = (b: Builder, x: NodeId): NodeId => b.sum(b.mul(x, b.constant(b.shape(x), direction(b.shape(x), 1))))

/** A node of an op, and its gradient by each operand that it is differentiated by. */
const nodeCase = (node: OpCase<Op>, i: number): Case => {
  const program = programOf(node.operands, (b, inputs) => {
    const value = applied(node)(b, inputs)
    const free = inputs.flatMap((input, operand) => (node.operands[operand]?.fixed ? [] : [[operand, input] as const]))
    const slopes = gradient(
      b,
      weighted(b, value),
      free.map(([, input]) => input),
    )
    return { value, ...Object.fromEntries(free.map(([operand], j) => [`slope ${operand}`, slopes[j] ?? value])) }
  })
  return programCase(`${node.op} ${i}`, program, states(node.operands))
}

const sampled = <O extends Op>(op: O): readonly OpCase<Op>[] => {
  const cases: fc.Arbitrary<OpCase<Op>> = opCases[op]
  return fc.sample(cases, { numRuns: 6, seed: 1 })
}

const computing = Object.keys(ops)
  .filter(isOp)
  .filter((op) => ops[op].arity !== 0)

/** Every op of random operands of every rank. */
export const opConformance: readonly Case[] = computing.flatMap((op) => sampled(op).map(nodeCase))

const edges = [0, -0, 1e-6, -1e-6, 0.5, -0.5, 1, -1, 10, -10, 40, -40, 88, -88, 200, -200]

/** Functions of one number far out and at their kinks; infinite and NaN where the reference's float32 is. */
export const edgeConformance: readonly Case[] = Object.keys(unaryOps)
  .filter((op): op is UnaryOp => op in unaryOps)
  .map((op) => {
    const b = createBuilder()
    const value = b[op](b.state('x', [edges.length]))
    return programCase(`${op} at the edges`, b.program({ writes: {}, metrics: { value } }), { x: edges })
  })
