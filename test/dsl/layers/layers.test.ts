import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { inputsOf } from '../../../src/dsl/layers/layer.ts'
import { type Layer, layerKind } from '../../../src/dsl/layers/table.ts'
import { size } from '../../../src/ir/program.ts'
import { lowered, shapeOf } from './apply.ts'
import { type Case, cases } from './cases.ts'

const all: readonly (readonly [string, fc.Arbitrary<Case<Layer>>])[] = Object.entries(cases)

const mapValues = <A, B>(record: { readonly [name: string]: A }, f: (value: A) => B) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]))

describe.each(all)('%s', (_, arbitrary) => {
  test('its lowering has the shape that its rule says, in training and in sampling', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 3 }), fc.boolean(), ({ layer, inputs }, batch, training) => {
        const shape = shapeOf(layer, ...inputs)
        expect(shape).toEqual(E.right(lowered(layer, inputs, batch, training).shape.slice(1)))
        expect(lowered(layer, inputs, batch, training).shape[0]).toBe(batch)
      }),
    )
  })

  test('decode(encode(layer)) is the layer, and a field too many is refused', () => {
    fc.assert(
      fc.property(arbitrary, ({ layer }) => {
        const codec = layerKind.definitionOf(layer).codec()
        const json: unknown = JSON.parse(JSON.stringify(codec.encode(layer)))
        expect(codec.decode(json)).toEqual(E.right(layer))
        expect(E.isLeft(codec.decode({ ...layer, colour: 'red' }))).toBe(true)
      }),
    )
  })

  test('it takes a rule for its weights where it says that it is weighted, and only there', () => {
    fc.assert(
      fc.property(arbitrary, ({ layer }) => {
        const ruled = layerKind.codec.decode({ ...layer, weights: { type: 'spectralNorm' } })
        expect(E.isRight(ruled)).toBe(layerKind.definitionOf(layer).weighted === true)
      }),
    )
  })

  test('its parameters have fans and sizes of 1 or more', () => {
    fc.assert(
      fc.property(arbitrary, ({ layer, inputs }) => {
        const { arity, parameters } = layerKind.definitionOf(layer)
        for (const { shape, fanIn, fanOut } of Object.values(parameters(layer, inputsOf(arity, inputs)))) {
          expect(size(shape)).toBeGreaterThan(0)
          expect(fanIn).toBeGreaterThan(0)
          expect(fanOut).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('where it says that it does not mix samples, a sample keeps its result beside other samples', () => {
    fc.assert(
      fc.property(
        arbitrary,
        fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })),
        ({ layer, inputs }, some) => {
          if (layerKind.definitionOf(layer).mixesSamples !== false || layer.type === 'parameter') return
          const numbers = (count: number) => Float64Array.from({ length: count }, () => some.next().value ?? 0)
          const definition = layerKind.definitionOf(layer)
          const shapes = inputsOf(definition.arity, inputs)
          const state = mapValues(
            { ...definition.parameters(layer, shapes), ...definition.slots(layer, shapes) },
            ({ shape }) => numbers(size(shape)),
          )
          const both = lowered(layer, inputs, 2)
          const draws = mapValues(both.draws, ({ shape }) => numbers(size(shape)))
          const first = (values: Float64Array) => values.slice(0, values.length / 2)
          const two = both.run({ ...state, ...draws }).y ?? new Float64Array()
          const one = lowered(layer, inputs, 1).run({ ...state, ...mapValues(draws, first) }).y
          expect(first(two)).toEqual(one)
        },
      ),
      { numRuns: 30 },
    )
  })
})
