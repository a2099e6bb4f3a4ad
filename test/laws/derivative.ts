import { expect } from 'vitest'
import type { Builder } from '../../src/ir/builder.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { at } from '../../src/ir/present.ts'
import type { NodeId } from '../../src/ir/program.ts'
import { lowerRules } from '../../src/ir/simplify.ts'
import { computed, direction } from './meaning.ts'
import type { Operand } from './opCase.ts'

/** The inner product of a node with fixed numbers. */
export const weighted = (b: Builder, x: NodeId, seed: number): NodeId =>
  b.sum(b.mul(x, b.constant(b.shape(x), direction(b.shape(x), seed))))

/** The slope of a scalar along a fixed direction of all operands that are not fixed. */
const slope = (
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
const movedAlong = (operands: readonly Operand[], seed: number, by: number): readonly Operand[] => {
  const free = operands.filter((operand) => !operand.fixed)
  return operands.map((operand) => {
    if (operand.fixed) return operand
    const along = direction(operand.shape, seed + free.indexOf(operand))
    return { ...operand, values: operand.values.map((x, i) => x + by * at(along, i)) }
  })
}

export type Make = (b: Builder, inputs: readonly NodeId[]) => NodeId

const step = 1e-5

/** The derivative of an order, along a fixed direction, is as the central difference of what it is the derivative of. */
export const expectSlope = (operands: readonly Operand[], make: Make, order: number, rules = lowerRules): void => {
  const derivative =
    (n: number): Make =>
    (b, inputs) =>
      n === 0 ? make(b, inputs) : slope(b, derivative(n - 1)(b, inputs), inputs, operands, 10 * n)
  const lower = (by: number) => at(computed(movedAlong(operands, 10 * order, by), derivative(order - 1)), 0)
  const [ahead, behind] = [lower(step), lower(-step)]
  const found = at(computed(operands, derivative(order), rules), 0)
  const tolerance = 1e-5 * (1 + Math.abs(found)) + (1e-15 / step) * Math.abs(ahead)
  expect(Math.abs(found - (ahead - behind) / (2 * step)), `order ${order}: ${found}`).toBeLessThan(tolerance)
}
