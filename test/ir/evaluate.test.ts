import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Builder, createBuilder } from '../../src/ir/builder.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import { isOp, shapeOf } from '../../src/ir/ops/table.ts'
import { at } from '../../src/ir/present.ts'
import type { NodeId, Op } from '../../src/ir/program.ts'
import { elements, indicesOf, reader } from '../laws/elements.ts'
import { applied, computed } from '../laws/meaning.ts'
import { type OpCase, opCases } from '../laws/opCase.ts'

type Computed = keyof typeof elements
const isComputed = (op: Op): op is Computed => Object.hasOwn(elements, op)

/** An op's result, element by element, from its definition. */
const byDefinition = <O extends Computed>({ op, params, operands }: OpCase<O>): readonly number[] => {
  const shapes = operands.map(({ shape }) => shape)
  return indicesOf(shapeOf(op, params, shapes)).map((index) =>
    elements[op](index, operands.map(reader), params, shapes),
  )
}

const expectClose = (found: readonly number[], expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length)
  found.forEach((x, i) => {
    const y = at(expected, i)
    expect(Math.abs(x - y), `element ${i}: ${x}, not ${y}`).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(y)))
  })
}

describe('each op by its definition', () => {
  for (const op of Object.keys(elements).filter(isOp).filter(isComputed))
    test(op, () => {
      const cases: fc.Arbitrary<OpCase<Computed>> = opCases[op]
      fc.assert(
        fc.property(cases, (node) => expectClose(computed(node.operands, applied(node)), byDefinition(node))),
        { numRuns: 60 },
      )
    })
})

const numbers = (b: Builder, values: readonly number[]): NodeId => b.constant([values.length], values)

describe('edges of float64', () => {
  const { NaN: nan, POSITIVE_INFINITY: inf } = Number
  const at64 = (make: (b: Builder) => NodeId): readonly number[] => computed([], (b) => make(b))

  test('sigmoid, softplus and tanh do not overflow, and keep their digits far out', () => {
    expect(at64((b) => b.sigmoid(numbers(b, [-1000, -700, 1000])))).toEqual([0, Math.exp(-700), 1])
    expect(at64((b) => b.softplus(numbers(b, [-1000, -700, 1000])))).toEqual([0, Math.exp(-700), 1000])
    expect(at64((b) => b.tanh(numbers(b, [-1000, 1000])))).toEqual([-1, 1])
  })

  test('what is not a number stays so', () => {
    const x = (b: Builder) => numbers(b, [nan])
    for (const op of ['relu', 'sigmoid', 'softplus', 'tanh', 'abs', 'sign', 'erf', 'floor', 'exp', 'sqrt'] as const)
      expect(
        at64((b) => b[op](x(b))),
        op,
      ).toEqual([nan])
    for (const op of ['maximum', 'minimum', 'add', 'mul'] as const)
      expect(
        at64((b) => b[op](x(b), b.number(0))),
        op,
      ).toEqual([nan])
    expect(at64((b) => b.max(numbers(b, [1, nan, 2])))).toEqual([nan])
    expect(at64((b) => b.greater(x(b), x(b)))).toEqual([0])
    expect(at64((b) => b.equal(x(b), x(b)))).toEqual([0])
  })

  test('infinities', () => {
    expect(at64((b) => b.log(numbers(b, [0, inf])))).toEqual([-inf, inf])
    expect(at64((b) => b.div(b.number(1), numbers(b, [0, -inf])))).toEqual([inf, -0])
    expect(at64((b) => b.max(numbers(b, [-inf, -inf])))).toEqual([-inf])
    expect(at64((b) => b.select(numbers(b, [1, 0]), b.number(1), b.number(inf)))).toEqual([1, inf])
  })
})

describe('a step', () => {
  test('keeps what is not written, writes the rest, reads the old state throughout', () => {
    const b = createBuilder()
    const [x, y] = [b.state('x', []), b.state('y', [])]
    const program = b.program({ writes: { x: b.add(y, b.step()), y: x }, metrics: { both: b.add(x, y) } })
    const state = { x: Float64Array.of(1), y: Float64Array.of(10), other: Float64Array.of(7) }
    const next = evaluate(program, { state, draws: {}, step: 3 })
    expect(next.state).toEqual({ x: Float64Array.of(13), y: Float64Array.of(1), other: Float64Array.of(7) })
    expect(next.metrics).toEqual({ both: Float64Array.of(11) })
  })

  test('a draw or a state that is not given is named', () => {
    const b = createBuilder()
    const program = b.program({
      writes: {},
      metrics: { z: b.draw('z', { shape: [2], origin: { type: 'normal', stream: 'z' } }) },
    })
    expect(() => evaluate(program, { state: {}, draws: {}, step: 0 })).toThrow('draw z of shape [2] is not given')
    expect(() => evaluate(program, { state: {}, draws: { z: Float64Array.of(1) }, step: 0 })).toThrow('draw z')
  })
})
