import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import { axisOf, paddingOf, windows } from '../../../src/dsl/layers/window.ts'
import { type Shape, size } from '../../../src/ir/program.ts'
import { lowered } from './apply.ts'
import { cases } from './cases.ts'

const numbers = (count: number) =>
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: count, maxLength: count })
    .map((values) => Float64Array.from(values))
const ones = (count: number, value = 1): Float64Array => new Float64Array(count).fill(value)

const run = (layer: Layer, inputs: readonly Shape[], given: { readonly [name: string]: Float64Array }) =>
  lowered(layer, inputs, 1).run(given).y ?? new Float64Array()

const expectClose = (found: Float64Array, expected: Float64Array): void => {
  expect(found.length).toBe(expected.length)
  for (const [i, value] of expected.entries())
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)))
}

/** Weights as they are stored, and no bias. */
const bare = <L extends { readonly weights?: unknown }>({ weights: _, ...layer }: L) => ({ ...layer, bias: false })

describe('norms', () => {
  const images = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain((shape) => fc.tuple(fc.constant(shape), numbers(size(shape))))

  test('groupNorm of one group is layerNorm, of a group for each channel instanceNorm', () => {
    fc.assert(
      fc.property(images, ([shape, x]) => {
        const given = { 0: x, scale: ones(shape[2], 2), shift: ones(shape[2], 3) }
        const grouped = (groups: number) => run({ type: 'groupNorm', groups }, [shape], given)
        expectClose(grouped(1), run({ type: 'layerNorm' }, [shape], given))
        expectClose(grouped(shape[2]), run({ type: 'instanceNorm' }, [shape], given))
      }),
    )
  })

  test('instanceNorm without scale and shift is that with a scale of 1 and a shift of 0', () => {
    fc.assert(
      fc.property(images, ([shape, x]) => {
        const scaled = run({ type: 'instanceNorm' }, [shape], { 0: x, scale: ones(shape[2]), shift: ones(shape[2], 0) })
        expectClose(run({ type: 'instanceNorm', affine: false }, [shape], { 0: x }), scaled)
      }),
    )
  })

  test('pixelNorm gives each pixel a mean square of 1, and leaves zeros', () => {
    fc.assert(
      fc.property(images, ([shape, x]) => {
        const [, , c] = shape
        const y = run({ type: 'pixelNorm' }, [shape], { 0: x })
        for (let pixel = 0; pixel < x.length; pixel += c) {
          const mean = (of: Float64Array) => of.slice(pixel, pixel + c).reduce((t, value) => t + value * value, 0) / c
          expect(mean(y)).toBeCloseTo(mean(x) / (mean(x) + 1e-8), 9)
        }
      }),
    )
  })
})

describe('convolutions of other kinds', () => {
  test('conv1d is the sum over each window', () => {
    const some = cases.conv1d.chain(({ layer, inputs: [[length = 1, c = 1] = []] }) =>
      fc.record({
        layer: fc.constant(bare(layer)),
        shape: fc.constant([length, c] as const),
        x: numbers(length * c),
        kernel: numbers(layer.kernel * c * layer.filters),
      }),
    )
    fc.assert(
      fc.property(some, ({ layer, shape: [length, c], x, kernel }) => {
        const { filters, stride = 1, dilation = 1 } = layer
        const axis = axisOf(layer)
        const first = paddingOf(axis, length)[0]
        const y = run(layer, [[length, c]], { 0: x, kernel })
        const expected = y.map((_, out) => {
          const start = Math.floor(out / filters) * stride - first
          return kernel.reduce((sum, weight, i) => {
            const place = start + Math.floor(i / (c * filters)) * dilation
            const inside = i % filters === out % filters && place >= 0 && place < length
            return sum + (inside ? weight * (x[place * c + (Math.floor(i / filters) % c)] ?? 0) : 0)
          }, 0)
        })
        expectClose(y, expected)
        expect(y.length).toBe(windows(axis, length) * filters)
      }),
    )
  })

  test('depthwiseConv2d is conv2d with filters that see one channel each', () => {
    const some = cases.depthwiseConv2d.chain(({ layer, inputs: [[h = 1, w = 1, c = 1] = []] }) =>
      fc.record({
        layer: fc.constant(bare(layer)),
        shape: fc.constant([h, w, c] as const),
        x: numbers(h * w * c),
        kernel: numbers(layer.kernel ** 2 * c * (layer.multiplier ?? 1)),
      }),
    )
    fc.assert(
      fc.property(some, ({ layer: { multiplier = 1, ...layer }, shape, x, kernel }) => {
        const c = shape[2]
        const filters = c * multiplier
        // From [place, channel, multiple] to [place, channel, filter].
        const full = new Float64Array(layer.kernel ** 2 * c * filters)
        for (const [i, weight] of kernel.entries()) {
          const channel = Math.floor(i / multiplier) % c
          full[Math.floor(i / multiplier) * filters + channel * multiplier + (i % multiplier)] = weight
        }
        expectClose(
          run({ ...layer, multiplier }, [shape], { 0: x, kernel }),
          run({ ...layer, type: 'conv2d', filters }, [shape], { 0: x, kernel: full }),
        )
      }),
    )
  })

  test('modulatedConv2d of a style that says nothing, not demodulated, is conv2d', () => {
    const some = cases.modulatedConv2d.chain(({ layer, inputs: [[h = 1, w = 1, c = 1] = [], [n = 1] = []] }) =>
      fc.record({
        layer: fc.constant({ ...bare(layer), demodulate: false }),
        shape: fc.constant([h, w, c] as const),
        style: numbers(n),
        x: numbers(h * w * c),
        kernel: numbers(layer.kernel ** 2 * c * layer.filters),
      }),
    )
    fc.assert(
      fc.property(some, ({ layer: { demodulate, ...layer }, shape, style, x, kernel }) => {
        const none = { style: ones(style.length * shape[2], 0), styleBias: ones(shape[2], 0) }
        expectClose(
          run({ ...layer, demodulate }, [shape, [style.length]], { 0: x, 1: style, kernel, ...none }),
          run({ ...layer, type: 'conv2d' }, [shape], { 0: x, kernel }),
        )
      }),
    )
  })

  test('a demodulated convolution does not mind a scale of its filters', () => {
    const layer: Layer = { type: 'modulatedConv2d', filters: 2, kernel: 3, bias: false }
    const above0 = numbers(36).map((values) => values.map((value) => value + 2.5))
    const given = fc.record({ 0: numbers(24), 1: numbers(3), kernel: above0, style: numbers(6) })
    fc.assert(
      fc.property(given, fc.double({ min: 1, max: 5, noNaN: true }), ({ kernel, style, ...of }, scale) => {
        const by = (factor: number) => ({
          ...of,
          kernel: kernel.map((value) => factor * value),
          style: style.map((value) => 0.05 * value),
          styleBias: ones(2, 0),
        })
        const [y, scaled] = [run(layer, [[4, 3, 2], [3]], by(1)), run(layer, [[4, 3, 2], [3]], by(scale))]
        for (const [i, value] of y.entries()) expect(scaled[i]).toBeCloseTo(value, 5)
      }),
    )
  })
})
