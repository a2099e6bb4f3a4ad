import { type Builder, createBuilder } from '../../src/ir/builder.ts'
import { evaluate, type Feed } from '../../src/ir/evaluate.ts'
import { inputsOf } from '../../src/ir/ops/table.ts'
import { type NodeId, type Op, type Shape, size } from '../../src/ir/program.ts'
import type { Rule } from '../../src/ir/rule.ts'
import { withoutDeadCode } from '../../src/ir/simplify.ts'
import type { OpCase, Operand } from './opCase.ts'

/** Fixed numbers between -1 and 1 without a pattern that an op could respect. */
export const direction = (shape: Shape, seed: number): readonly number[] =>
  Array.from({ length: size(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed))

const operandName = (i: number): string => `x${i}`

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
    b.emit(op, params, inputsOf(op, inputs))
