import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Builder } from '../../src/ir/builder.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { isOp, ops } from '../../src/ir/ops/table.ts'
import { at } from '../../src/ir/present.ts'
import type { NodeId, Op } from '../../src/ir/program.ts'
import { lowerRules } from '../../src/ir/simplify.ts'
import { expectSlope, type Make, weighted } from '../laws/derivative.ts'
import { applied, computed } from '../laws/meaning.ts'
import { convolutions, filled, type OpCase, type Operand, opCases } from '../laws/opCase.ts'

const differentiable = Object.keys(ops)
  .filter(isOp)
  .filter((op) => ops[op].arity !== 0 && op !== 'stopGradient')

describe('each op by finite differences', () => {
  for (const op of differentiable)
    test(op, () => {
      const cases: fc.Arbitrary<OpCase<Op>> = opCases[op]
      const property = fc.property(cases, fc.constantFrom([], lowerRules), (node, rules) => {
        const make: Make = (b, inputs) => weighted(b, applied(node)(b, inputs), 1)
        for (const order of [1, 2, 3]) expectSlope(node.operands, make, order, rules)
      })
      fc.assert(property, { numRuns: 40 })
    })
})

const scalar = (value: number): Operand => ({ shape: [], values: [value], fixed: false })

/** The n-th derivative of a function of one number, where -0 counts as 0. */
const nth = (f: (b: Builder, x: NodeId) => NodeId, order: number, x: number, rules = lowerRules): number => {
  const derivative = (b: Builder, input: NodeId, n: number): NodeId =>
    n === 0 ? f(b, input) : at(gradient(b, derivative(b, input, n - 1), [input]), 0)
  return (
    0 +
    at(
      computed([scalar(x)], (b, inputs) => derivative(b, at(inputs, 0), order), rules),
      0,
    )
  )
}

describe('at kinks and singular points', () => {
  for (const rules of [[], lowerRules]) {
    const name = rules.length === 0 ? 'raw' : 'with rules'
    test(`sqrt at 0: 0 at every order, ${name}`, () => {
      for (const order of [1, 2, 3, 4]) expect(nth((b, x) => b.sqrt(x), order, 0, rules)).toBe(0)
    })

    test(`a norm at the origin, ${name}`, () => {
      for (const order of [1, 2, 3]) expect(nth((b, x) => b.sqrt(b.mul(x, x)), order, 0, rules)).toBe(0)
    })

    test(`powers of whole numbers at 0, ${name}`, () => {
      for (const exponent of [0, 1, 2, 3, 4])
        for (const order of [1, 2, 3, 4]) {
          const expected = order === exponent ? at([1, 1, 2, 6, 24], exponent) : 0
          expect(
            nth((b, x) => b.pow(x, b.number(exponent)), order, 0, rules),
            `x^${exponent}, order ${order}`,
          ).toBe(expected)
        }
    })

    test(`relu, abs and sign at 0: 0, ${name}`, () => {
      for (const f of ['relu', 'abs', 'sign'] as const) expect(nth((b, x) => b[f](x), 1, 0, rules)).toBe(0)
    })
  }

  test('operands of maximum and minimum that tie share the gradient', () => {
    for (const op of ['maximum', 'minimum'] as const) {
      const both = [scalar(3), scalar(3)]
      for (const i of [0, 1])
        expect(computed(both, (b, inputs) => at(gradient(b, b[op](at(inputs, 0), at(inputs, 1)), inputs), i))).toEqual([
          0.5,
        ])
    }
  })

  test('elements that tie for the largest share its gradient', () => {
    const x: Operand = { shape: [2, 3], values: [1, 4, 4, 2, 2, 2], fixed: false }
    const found = computed([x], (b, inputs) => at(gradient(b, b.max(at(inputs, 0), [1]), inputs), 0))
    expect(found).toEqual([0, 1 / 2, 1 / 2, 1 / 3, 1 / 3, 1 / 3])
  })
})

describe('what a gradient is taken of and by', () => {
  test('no gradient passes stopGradient, all passes barrier', () => {
    fc.assert(
      fc.property(opCases.tanh, ({ operands }) => {
        const x = at(operands, 0)
        const by = (make: (b: Builder, x: NodeId) => NodeId) =>
          computed([x], (b, inputs) => at(gradient(b, make(b, at(inputs, 0)), inputs), 0))
        expect(by((b, y) => b.exp(b.stopGradient(y)))).toEqual(x.values.map(() => 0))
        expect(by((b, y) => b.exp(b.barrier(y)))).toEqual(by((b, y) => b.exp(y)))
      }),
    )
  })

  test('zeros by what is not read, ones by the node itself, the same by a node in between', () => {
    const x: Operand = { shape: [3], values: [0.5, 1, -1], fixed: false }
    const by = (i: number) =>
      computed([x, x], (b, inputs) => {
        const inner = b.tanh(at(inputs, 0))
        const of = b.mul(inner, inner)
        return at(gradient(b, of, [at(inputs, 1), of, inner]), i)
      })
    expect(by(0)).toEqual([0, 0, 0])
    expect(by(1)).toEqual([1, 1, 1])
    expect(by(2)).toEqual(x.values.map((v) => 2 * Math.tanh(v)))
  })

  test('a seed weighs the elements', () => {
    const x: Operand = { shape: [3], values: [0.5, 1, 1], fixed: false }
    const found = computed([x], (b, inputs) => {
      const [y] = inputs.map((input) => b.mul(input, input))
      return at(gradient(b, y ?? at(inputs, 0), inputs, b.constant([3], [1, 10, 0])), 0)
    })
    expect(found).toEqual([1, 20, 0])
  })
})

describe('the convolution triple', () => {
  test('each is the adjoint of the others', () => {
    const arbitrary = convolutions.chain((c) => fc.tuple(fc.constant(c), filled(c.x), filled(c.filter), filled(c.y)))
    fc.assert(
      fc.property(arbitrary, ([{ x: xs, filter: fs, window }, x, filter, y]) => {
        const [h, w, kh, kw] = [at(xs, 1), at(xs, 2), at(fs, 0), at(fs, 1)]
        const inner = (make: (b: Builder, x: NodeId, f: NodeId, y: NodeId) => readonly [NodeId, NodeId]) =>
          at(
            computed([x, filter, y], (b, inputs) => {
              const [left, right] = make(b, at(inputs, 0), at(inputs, 1), at(inputs, 2))
              return b.sum(b.mul(left, right))
            }),
            0,
          )
        const forward = inner((b, u, f, v) => [b.conv2d(u, f, window), v])
        expect(inner((b, u, f, v) => [b.conv2dInput(v, f, { ...window, size: [h, w] }), u])).toBeCloseTo(forward, 10)
        expect(inner((b, u, f, v) => [b.conv2dFilter(u, v, { ...window, size: [kh, kw] }), f])).toBeCloseTo(forward, 10)
      }),
    )
  })
})
