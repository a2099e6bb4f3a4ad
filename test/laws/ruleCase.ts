import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Builder } from '../../src/ir/builder.ts'
import { keyOf } from '../../src/ir/key.ts'
import { at } from '../../src/ir/present.ts'
import type { NodeId, Program, Shape } from '../../src/ir/program.ts'
import type { Rule } from '../../src/ir/rule.ts'
import { verify } from '../../src/ir/verify.ts'
import { computed, programOf } from './meaning.ts'
import { filled } from './opCase.ts'

type Make = (b: Builder, x: NodeId, y: NodeId, z: NodeId) => NodeId
type Shapes = readonly [Shape, Shape, Shape]

/** What one rule makes of an expression over operands of the given shapes. */
export interface RuleCase {
  readonly shapes: Shapes
  readonly before: Make
  readonly after: Make
}

const squares: Shapes = [
  [2, 2],
  [2, 2],
  [2, 2],
]

export const becomes = (before: Make, after: Make, shapes: Shapes = squares): RuleCase => ({ shapes, before, after })

/** What the rule must leave alone. */
export const stays = (make: Make, shapes: Shapes = squares): RuleCase => becomes(make, make, shapes)

/** A node as a nested expression: two are equal where they are computed in the same way. */
const show = (program: Program, id: NodeId): string => {
  const node = at(program.nodes, id)
  if (node.op === 'state') return node.params.name
  return `${node.op}${keyOf(node.params)}(${node.inputs.map((input) => show(program, input)).join(', ')})`
}

const over = (make: Make) => (b: Builder, inputs: readonly NodeId[]) =>
  make(b, at(inputs, 0), at(inputs, 1), at(inputs, 2))

const shown = (shapes: Shapes, make: Make, rules: readonly Rule[]): string => {
  const operands = shapes.map((shape) => ({ shape }))
  const program = programOf(operands, (b, inputs) => ({ value: over(make)(b, inputs) }), rules)
  expect(verify(program)).toEqual([])
  return Object.values(program.metrics)
    .map((id) => show(program, id))
    .join()
}

const expectSameValues = ({ shapes, before }: RuleCase, rule: Rule): void => {
  const [x, y, z] = shapes
  fc.assert(
    fc.property(fc.tuple(filled(x), filled(y), filled(z)), (operands) => {
      const raw = computed(operands, over(before))
      const better = computed(operands, over(before), [rule])
      expect(better.length).toBe(raw.length)
      raw.forEach((value, i) => {
        if (Number.isFinite(value)) expect(Math.abs(value - at(better, i))).toBeLessThan(1e-12 * (1 + Math.abs(value)))
      })
    }),
    { numRuns: 20 },
  )
}

/** Each rule alone makes what its cases say and changes no value; a rule without a case fails. */
export const describeRules = (
  rules: readonly Rule[],
  cases: { readonly [rule: string]: readonly RuleCase[] },
): void => {
  test('every rule has its cases', () => {
    expect(Object.keys(cases).sort()).toEqual(rules.map(({ name }) => name).sort())
    for (const [name, own] of Object.entries(cases))
      expect(
        own.some(({ before, after }) => before !== after),
        name,
      ).toBe(true)
  })

  for (const rule of rules)
    describe(rule.name, () => {
      for (const [i, each] of (cases[rule.name] ?? []).entries())
        test(`case ${i + 1}`, () => {
          expect(shown(each.shapes, each.before, [rule])).toBe(shown(each.shapes, each.after, []))
          expectSameValues(each, rule)
        })
    })
}
