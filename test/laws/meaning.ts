import { type Builder, createBuilder } from '../../src/ir/builder.ts'
import { evaluate, type Feed } from '../../src/ir/evaluate.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { at } from '../../src/ir/ops/op.ts'
import { type NodeId, type Op, type Shape, size } from '../../src/ir/program.ts'
import type { Rule } from '../../src/ir/rule.ts'
import { withoutDeadCode } from '../../src/ir/simplify.ts'
import type { OpCase, Operand } from './opCase.ts'

/** Fixed numbers between -1 and 1 without a pattern that an op could respect. */
export const direction = (shape: Shape, seed: number): readonly number[] =>
  Array.from({ length: size(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed))

export const operandName = (i: number): string => `x${i}`

export const feedOf = (operands: readonly Operand[]): Feed => ({
  state: Object.fromEntries(operands.map(({ values }, i) => [operandName(i), Float64Array.from(values)])),
  draws: {},
  step: 0,
})

/** A program of operands `x0`, `x1`, ... whose metrics are what `make` names. */
export const programOf = (
  operands: readonly { readonly shape: Shape }[],
  make: (b: Builder, inputs: readonly NodeId[]) => { readonly [metric: string]: NodeId },
  rules: readonly Rule[] = [],
) => {
  const b = createBuilder(rules)
  const inputs = operands.map(({ shape }, i) => b.state(operandName(i), shape))
  return withoutDeadCode(b.program({ writes: {}, metrics: make(b, inputs) }))
}

/** One node's float64 value. */
export const computed = (
  operands: readonly Operand[],
  make: (b: Builder, inputs: readonly NodeId[]) => NodeId,
  rules: readonly Rule[] = [],
): readonly number[] => {
  const program = programOf(operands, (b, inputs) => ({ value: make(b, inputs) }), rules)
  return [...(evaluate(program, feedOf(operands)).metrics.value ?? [])]
}

export const applied =
  <O extends Op>({ op, params }: OpCase<O>) =>
  (b: Builder, inputs: readonly NodeId[]): NodeId =>
    b.emit(op, params, inputs)

/** The inner product of a node with fixed numbers. */
export const weighted = (b: Builder, x: NodeId, seed: number): NodeId =>
  b.sum(b.mul(x, b.constant(b.shape(x), direction(b.shape(x), seed))))

/** The slope of a scalar along a fixed direction of all operands that are not fixed. */
export const slope = (
  b: Builder,
  of: NodeId,
  inputs: readonly NodeId[],
  operands: readonly Operand[],
  seed: number,
): NodeId => {
  const free = inputs.filter((_, i) => !at(operands, i).fixed)
  return gradient(b, of, free)
    .map((g, i) => weighted(b, g, seed + i))
    .reduce((sum, part) => b.add(sum, part), b.number(0))
}

/** The operands, moved along the direction that `slope` takes. */
export const movedAlong = (operands: readonly Operand[], seed: number, by: number): readonly Operand[] => {
  const free = operands.filter((operand) => !operand.fixed)
  return operands.map((operand) => {
    if (operand.fixed) return operand
    const along = direction(operand.shape, seed + free.indexOf(operand))
    return { ...operand, values: operand.values.map((x, i) => x + by * at(along, i)) }
  })
}

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
