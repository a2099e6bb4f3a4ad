import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { spectralNorm } from '../../../src/dsl/layers/around.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { selfAttention } from '../../../src/dsl/layers/selfAttention.ts'
import { type Layer, layerKind } from '../../../src/dsl/layers/table.ts'
import { toGraph } from '../../../src/dsl/networks/graph.ts'
import { lowered } from './apply.ts'

const numbers = (count: number) =>
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: count, maxLength: count })
    .map((a) => Float64Array.from(a, (x) => x + 0))

/** Of 5 places with 3 channels, compared by 2 numbers. */
const state = fc.record({ f: numbers(6), g: numbers(6), h: numbers(6), v: numbers(6) })
const attended = (x: Float64Array, weights: { readonly [name: string]: Float64Array }, gamma: number) => {
  const { run } = lowered({ type: 'selfAttention', channels: 2 }, [[5, 3]], 1)
  return [...(run({ ...weights, 0: x, gamma: Float64Array.of(gamma) }).y ?? [])]
}

test('with gamma 0, as it starts, it changes nothing', () => {
  const { gamma } = layerKind
    .definitionOf({ type: 'selfAttention' })
    .parameters({ type: 'selfAttention' }, [[4, 4, 16]])
  expect(gamma?.init).toEqual({ type: 'zeros' })
  fc.assert(
    fc.property(numbers(15), state, (x, weights) => {
      expect(attended(x, weights, 0)).toEqual([...x])
    }),
  )
})

test('it knows no order of places: what is moved is attended to as before', () => {
  const moved = (x: ArrayLike<number>) => Float64Array.from({ length: 15 }, (_, i) => x[(i + 6) % 15] ?? 0)
  fc.assert(
    fc.property(numbers(15), state, (x, weights) => {
      const [found, expected] = [attended(moved(x), weights, 1), moved(attended(x, weights, 1))]
      for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 9)
    }),
  )
})

test('an eighth of the channels compares, and a rule goes around each of the four matrices', () => {
  const net = pipe(input([4, 4, 16]), spectralNorm(selfAttention()))
  const layer: Layer = toGraph<Layer>(net, 'test').nodes[1]?.layer ?? { type: 'identity' }
  const { parameters, slots } = layerKind.definitionOf(layer)
  const shapes = Object.entries(parameters(layer, [[4, 4, 16]])).map(([name, { shape }]) => `${name} ${shape}`)
  expect(shapes).toEqual(['f 16,2', 'g 16,2', 'h 16,2', 'v 2,16', 'gamma '])
  expect(Object.keys(slots(layer, [[4, 4, 16]]))).toHaveLength(4)
})
