import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlainActivation } from '../../../src/dsl/layers/activations.ts'
import type { Conv2dLayer } from '../../../src/dsl/layers/conv2d.ts'
import type { ConvTranspose2dLayer } from '../../../src/dsl/layers/convTranspose2d.ts'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import { axisOf, paddingOf, unwindowed, type WindowLayer, windows } from '../../../src/dsl/layers/window.ts'
import { errorFunction } from '../../../src/ir/ops/errorFunction.ts'
import { type Shape, size } from '../../../src/ir/program.ts'
import { lowered } from './apply.ts'
import { cases } from './cases.ts'

const some = fc.double({ min: -3, max: 3, noNaN: true })
const values = (count: number) =>
  fc.array(some, { minLength: count, maxLength: count }).map((a) => Float64Array.from(a))

const run = (
  layer: Layer,
  inputs: readonly Shape[],
  batch: number,
  given: { readonly [name: string]: readonly number[] },
  training = true,
) => {
  const { y = new Float64Array(), ...fed } = lowered(layer, inputs, batch, training).run(
    Object.fromEntries(Object.entries(given).map(([name, numbers]) => [name, Float64Array.from(numbers)])),
  )
  return { y: [...y], fed }
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length
const variance = (numbers: readonly number[]) => mean(numbers.map((x) => (x - mean(numbers)) ** 2))
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)
const close = (a: number, b: number): void => {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(a)))
}

test('dense is x kernel + bias, on the last axis', () => {
  const given = { 0: [1, 2, 3, 4], kernel: [1, 10, 100, 2, 20, 200], bias: [0.5, 0, 0] }
  expect(run({ type: 'dense', units: 3 }, [[2, 2]], 1, given).y).toEqual([5.5, 50, 500, 11.5, 110, 1100])
  expect(run({ type: 'dense', units: 3, bias: false }, [[2]], 2, given).y).toEqual([5, 50, 500, 11, 110, 1100])
})

describe('convolutions', () => {
  const naive = (
    layer: Conv2dLayer,
    [h, w, c]: readonly [number, number, number],
    x: Float64Array,
    filter: Float64Array,
  ) => {
    const { kernel, filters, stride = 1, dilation = 1 } = layer
    const axis = axisOf(layer)
    const pixels = (n: number) => Array.from({ length: n }, (_, i) => i)
    return pixels(windows(axis, h)).flatMap((oy) =>
      pixels(windows(axis, w)).flatMap((ox) =>
        pixels(filters).map((f) =>
          pixels(kernel * kernel * c).reduce((sum, i) => {
            const y = oy * stride + Math.floor(i / (kernel * c)) * dilation - paddingOf(axis, h)[0]
            const column = ox * stride + (Math.floor(i / c) % kernel) * dilation - paddingOf(axis, w)[0]
            const inside = y >= 0 && y < h && column >= 0 && column < w
            return sum + (inside ? (x[(y * w + column) * c + (i % c)] ?? 0) * (filter[i * filters + f] ?? 0) : 0)
          }, 0),
        ),
      ),
    )
  }

  /** Weights as they are stored, and no bias. */
  const bare = <L extends WindowLayer>({ weights: _, ...layer }: L) => ({ ...layer, bias: false })

  test('conv2d is the sum over each window', () => {
    const arbitrary = cases.conv2d.chain(({ layer, inputs: [[h = 1, w = 1, c = 1] = []] }) =>
      fc.record({
        layer: fc.constant(bare(layer)),
        image: fc.constant([h, w, c] as const),
        x: values(h * w * c),
        kernel: values(layer.kernel ** 2 * c * layer.filters),
      }),
    )
    fc.assert(
      fc.property(arbitrary, ({ layer, image, x, kernel }) => {
        const y = lowered(layer, [image], 1).run({ 0: x, kernel }).y ?? []
        for (const [i, expected] of naive(layer, image, x, kernel).entries()) close(expected, y[i] ?? Number.NaN)
      }),
    )
  })

  test('convTranspose2d is the adjoint of conv2d: <conv(x), y> = <x, convTranspose(y)>', () => {
    const arbitrary = cases.convTranspose2d.chain(({ layer, inputs: [[h = 1, w = 1, c = 1] = []] }) => {
      const axis = axisOf(layer)
      const image = [unwindowed(axis, h), unwindowed(axis, w), layer.filters] as const
      return fc.record({
        up: fc.constant<ConvTranspose2dLayer>(bare(layer)),
        down: fc.constant<Conv2dLayer>({ ...bare(layer), type: 'conv2d', filters: c }),
        small: fc.constant([h, w, c] as const),
        image: fc.constant(image),
        x: values(size(image)),
        y: values(h * w * c),
        kernel: values(layer.kernel ** 2 * layer.filters * c),
      })
    })
    fc.assert(
      fc.property(arbitrary, ({ up, down, small, image, x, y, kernel }) => {
        const convolved = lowered(down, [image], 1).run({ 0: x, kernel }).y ?? new Float64Array()
        const transposed = lowered(up, [small], 1).run({ 0: y, kernel }).y ?? new Float64Array()
        close(dot(convolved, y), dot(x, transposed))
      }),
    )
  })

  test('the convolution takes what the transposed one makes of n pixels for n windows', () => {
    fc.assert(
      fc.property(cases.convTranspose2d, ({ layer, inputs: [[h = 1] = []] }) => {
        const axis = axisOf(layer)
        expect(windows(axis, unwindowed(axis, h))).toBe(h)
      }),
    )
  })

  test("'same' pads as TensorFlow does: an odd zero comes after", () => {
    expect(paddingOf({ kernel: 4, stride: 2, padding: 'same' }, 28)).toEqual([1, 1])
    expect(paddingOf({ kernel: 3, stride: 2, padding: 'same' }, 28)).toEqual([0, 1])
    expect(paddingOf({ kernel: 1, stride: 2, padding: 'same' }, 5)).toEqual([0, 0])
  })
})

describe('norms', () => {
  const batches = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 3 }))
    .chain(([batch, channels]) =>
      fc.record({ batch: fc.constant(batch), channels: fc.constant(channels), x: values(batch * 4 * channels) }),
    )
  const ofChannel = (x: readonly number[], channels: number, channel: number) =>
    x.filter((_, i) => i % channels === channel)

  test('batchNorm in training gives each channel the mean and variance of shift and scale, and feeds its slots', () => {
    fc.assert(
      fc.property(batches, ({ batch, channels, x }) => {
        const each = (value: number) => Array.from({ length: channels }, () => value)
        const state = { scale: each(2), shift: each(5), mean: each(1), variance: each(3) }
        const layer: Layer = { type: 'batchNorm', momentum: 0.75 }
        const { y, fed } = run(layer, [[2, 2, channels]], batch, { 0: [...x], ...state })
        for (let channel = 0; channel < channels; channel++) {
          const [own, made] = [ofChannel([...x], channels, channel), ofChannel(y, channels, channel)]
          close(mean(made), 5)
          close(variance(made), (4 * variance(own)) / (variance(own) + 1e-5))
          close(fed.mean?.[channel] ?? Number.NaN, 0.75 * 1 + 0.25 * mean(own))
          close(fed.variance?.[channel] ?? Number.NaN, 0.75 * 3 + 0.25 * variance(own))
        }
      }),
    )
  })

  test('batchNorm in sampling uses its slots, feeds nothing, and lets samples be', () => {
    const state = { scale: [2], shift: [5], mean: [1], variance: [4 - 1e-5] }
    const { y, fed } = run({ type: 'batchNorm' }, [[1]], 3, { 0: [1, 3, -1], ...state }, false)
    for (const [i, expected] of [5, 7, 3].entries()) close(expected, y[i] ?? Number.NaN)
    expect(fed).toEqual({})
  })

  test('layerNorm gives each sample mean 0 and variance 1, before scale and shift', () => {
    fc.assert(
      fc.property(values(12), (x) => {
        const { y } = run({ type: 'layerNorm' }, [[2, 3]], 2, { 0: [...x], scale: [1, 1, 1], shift: [0, 0, 0] })
        for (const sample of [0, 6]) {
          const own = variance([...x].slice(sample, sample + 6))
          close(mean(y.slice(sample, sample + 6)), 0)
          close(variance(y.slice(sample, sample + 6)), own / (own + 1e-5))
        }
      }),
    )
  })
})

test('dropout lets through what is drawn at the rate or above, divided by what it keeps', () => {
  const layer: Layer = { type: 'dropout', rate: 0.25 }
  const given = { 0: [3, 3, 3, 3], uniform: [0, 0.2499, 0.25, 0.9] }
  expect(run(layer, [[2]], 2, given).y).toEqual([0, 0, 4, 4])
  expect(run(layer, [[2]], 2, given, false).y).toEqual([3, 3, 3, 3])
})

test('softmax gives probabilities in the proportions of the exponentials, however large', () => {
  fc.assert(
    fc.property(values(6), fc.constantFrom(0, -1e4, 1e4), (x, shift) => {
      const { y } = run({ type: 'softmax' }, [[3]], 2, { 0: [...x].map((value) => value + shift) })
      for (const row of [0, 3]) {
        close(
          y.slice(row, row + 3).reduce((sum, p) => sum + p),
          1,
        )
        expect(Math.log((y[row] ?? 0) / (y[row + 1] ?? 0))).toBeCloseTo((x[row] ?? 0) - (x[row + 1] ?? 0), 6)
      }
    }),
  )
})

test('concat joins the last axis, add adds', () => {
  const given = { 0: [1, 2, 3, 4], 1: [5, 6, 7, 8] }
  expect(
    run(
      { type: 'concat' },
      [
        [2, 1],
        [2, 1],
      ],
      2,
      given,
    ).y,
  ).toEqual([1, 5, 2, 6, 3, 7, 4, 8])
  expect(run({ type: 'add' }, [[2], [2]], 2, given).y).toEqual([6, 8, 10, 12])
})

describe('activations', () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
  const formulas: { readonly [T in PlainActivation['type']]: (x: number) => number } = {
    identity: (x) => x,
    relu: (x) => Math.max(x, 0),
    tanh: Math.tanh,
    sigmoid,
    elu: (x) => (x > 0 ? x : Math.expm1(x)),
    selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
    gelu: (x) => 0.5 * x * (1 + errorFunction(x * Math.SQRT1_2)),
    silu: (x) => x * sigmoid(x),
    softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  }
  const plain = (layer: PlainActivation, x: number): number => run(layer, [[]], 1, { 0: [x] }).y[0] ?? Number.NaN

  const layers: readonly PlainActivation[] = [
    ...([{ type: 'identity' }, { type: 'relu' }, { type: 'tanh' }, { type: 'sigmoid' }, { type: 'elu' }] as const),
    ...([{ type: 'selu' }, { type: 'gelu' }, { type: 'silu' }, { type: 'softplus' }] as const),
  ]
  test.each(layers)('$type', (layer) => {
    fc.assert(
      fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (x) => {
        close(plain(layer, x), formulas[layer.type](x))
      }),
    )
  })

  test('gelu is x times the normal distribution function', () => {
    // Values of Phi from Abramowitz and Stegun 1964, table 26.1.
    close(plain({ type: 'gelu' }, 1), 0.8413447460685429)
    close(plain({ type: 'gelu' }, -2), -2 * 0.02275013194817921)
    expect(plain({ type: 'gelu' }, 0)).toBe(0)
  })

  test('leakyRelu', () => {
    expect(run({ type: 'leakyRelu', slope: 0.2 }, [[3]], 1, { 0: [-10, 0, 10] }).y).toEqual([-2, 0, 10])
  })
})
