import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateTerm } from '../../../src/algebra/evaluateTerm.ts'
import * as definitions from '../../../src/dsl/layers/definitions.ts'
import { inputsOf } from '../../../src/dsl/layers/layer.ts'
import { type Layer, layerKind } from '../../../src/dsl/layers/table.ts'
import { boundsOf } from '../../../src/dsl/terms/boundsOf.ts'
import { type Expr, scalar } from '../../../src/dsl/terms/expression.ts'
import { around, type Bounds, unbounded } from '../../../src/dsl/types/bounds.ts'
import {
  abs,
  add,
  div,
  E,
  exp,
  floor,
  maximum,
  minimum,
  mul,
  neg,
  relu,
  sigmoid,
  softplus,
  sqrt,
  square,
  sub,
  t,
  tanh,
} from '../../../src/index.ts'
import { size } from '../../../src/ir/program.ts'
import { generator } from '../../laws/generator.ts'
import { lowered } from '../layers/apply.ts'
import { cases } from '../layers/cases.ts'

const numbers = fc.double({ min: -4, max: 4, noNaN: true })
const intervals = fc.tuple(numbers, numbers).map(([a, b]): Bounds => [Math.min(a, b), Math.max(a, b)])
const within = (x: number, [low, high]: Bounds): boolean => {
  const slack = 1e-9 * (1 + Math.abs(x))
  return (x === low || x >= low - slack) && (x === high || x <= high + slack)
}

const unaries: readonly ((x: Expr) => Expr)[] = [
  (x) => neg(x),
  (x) => exp(x),
  (x) => sqrt(x),
  (x) => tanh(x),
  (x) => sigmoid(x),
  (x) => softplus(x),
  (x) => relu(x),
  (x) => abs(x),
  (x) => floor(x),
  (x) => square(x),
]
const binaries = [add, sub, mul, div, maximum, minimum].map(
  (f) =>
    (x: Expr, y: Expr): Expr =>
      f<Expr, Expr>(x, y),
)

const formulas: fc.Arbitrary<Expr> = fc.letrec<{ term: Expr }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Expr>(t),
    numbers.map((x): Expr => scalar(x)),
    fc.tuple(fc.constantFrom(...unaries), tie('term')).map(([f, x]) => f(x)),
    fc.tuple(fc.constantFrom(...binaries), tie('term'), tie('term')).map(([f, x, y]) => f(x, y)),
  ),
})).term

describe('bounds of a term', () => {
  test('hold at every number within those of its variable', () => {
    fc.assert(
      fc.property(formulas, intervals, fc.double({ min: 0, max: 1, noNaN: true }), ({ term }, [low, high], share) => {
        const at = Math.min(low + share * (high - low), high)
        const [value = Number.NaN] = evaluateTerm(term, { t: [at] })
        fc.pre(!Number.isNaN(value))
        expect(
          within(
            value,
            boundsOf(term, () => [low, high]),
          ),
        ).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('are the known ones of what ends a generator', () => {
    const all = (of: Expr) => boundsOf(of.term, () => unbounded)
    expect(all(tanh(t))).toEqual([-1, 1])
    expect(all(sigmoid(t))).toEqual([0, 1])
    expect(all(relu(t))).toEqual([0, Number.POSITIVE_INFINITY])
    expect(all(add(0.5, mul(0.5, tanh(t))))).toEqual([0, 1])
    expect(all(t)).toEqual(unbounded)
    expect(all(E(tanh({ term: t.term } satisfies Expr<'sample'>)))).toEqual([-1, 1])
  })

  test('about a million numbers are found', () => {
    expect(around(Float32Array.from({ length: 1_000_000 }, (_, i) => i % 1000))).toEqual([0, 999])
  })
})

const bounded: ReadonlySet<string> = new Set(
  Object.entries(definitions).flatMap(([name, definition]) => ('bounds' in definition ? [name] : [])),
)

test.each(layerKind.names.filter((name) => bounded.has(name)))('the bounds of %s hold', (name) => {
  fc.assert(
    fc.property(cases[name], intervals, fc.nat(), ({ layer, inputs }, [low, high], seed) => {
      const { run, draws } = lowered(layer, inputs, 2)
      const { uniform } = generator(seed)
      const values = Object.fromEntries(
        Object.entries(draws).map(([draw, { shape }]) => [
          draw,
          Float64Array.from(uniform(size(shape)), (u) => Math.min(low + u * (high - low), high)),
        ]),
      )
      const definition = layerKind.definitionOf<Layer>(layer)
      const bounds =
        definition.bounds?.(
          layer,
          inputsOf(
            definition.arity,
            inputs.map((): Bounds => [low, high]),
          ),
        ) ?? unbounded
      expect([...(run(values).y ?? [])].filter((y) => !within(y, bounds))).toEqual([])
    }),
    { numRuns: 40 },
  )
})
