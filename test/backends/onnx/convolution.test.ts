import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunk } from '../../../src/backends/onnx/chunk.ts'
import { chooseAlgorithm } from '../../../src/backends/onnx/convolution/choice.ts'
import { geometry } from '../../../src/backends/onnx/convolution/geometry.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program, Window } from '../../../src/ir/program.ts'
import { backend, expectAgreement } from './agreement.ts'

const onnx = await backend()

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

interface Convolution {
  readonly batch: number
  readonly image: readonly [number, number]
  readonly kernel: readonly [number, number]
  readonly channels: number
  readonly features: number
  readonly window: Window
}

const outputSize = ({ image, kernel, window }: Convolution, axis: 0 | 1): number => {
  const [before, after] = window.padding[axis]
  return Math.floor((image[axis] + before + after - kernel[axis]) / window.strides[axis]) + 1
}

/** Filters of two or three taps a phase over many channels, also where tiles are cut. */
const deep: fc.Arbitrary<Convolution> = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    strides: pair(1, 2),
    taps: pair(2, 3),
    image: pair(6, 11),
    channels: fc.integer({ min: 16, max: 17 }),
    features: fc.integer({ min: 16, max: 17 }),
    padding: fc.tuple(pair(0, 2), pair(0, 2)),
  })
  .map(({ strides, taps, padding, ...rest }) => ({
    ...rest,
    kernel: [strides[0] * taps[0], strides[1] * taps[1]] as const,
    window: { strides, padding },
  }))

/** Also windows that leave a rest, strides beyond the kernel, padding on one side only, and sizes for several ways. */
const shallow: fc.Arbitrary<Convolution> = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  image: fc.oneof(pair(1, 8), pair(9, 12)),
  kernel: pair(1, 5),
  channels: fc.integer({ min: 1, max: 5 }),
  features: fc.integer({ min: 1, max: 4 }),
  window: fc.record({ strides: pair(1, 3), padding: fc.tuple(pair(0, 3), pair(0, 3)) }),
})

const convolution = fc
  .oneof({ weight: 3, arbitrary: shallow }, { weight: 1, arbitrary: deep })
  .filter((c) => outputSize(c, 0) >= 1 && outputSize(c, 1) >= 1)

const shapes = (c: Convolution) => ({
  image: [c.batch, ...c.image, c.channels],
  filter: [...c.kernel, c.channels, c.features],
  output: [c.batch, outputSize(c, 0), outputSize(c, 1), c.features],
})

const program = (c: Convolution) => {
  const { image, filter, output } = shapes(c)
  const p = createBuilder()
  const x = p.state('x', image)
  const w = p.state('w', filter)
  const y = p.state('y', output)
  const metrics = {
    forward: p.conv2d(x, w, c.window),
    input: p.conv2dInput(y, w, { ...c.window, size: c.image }),
    filter: p.conv2dFilter(x, y, { ...c.window, size: c.kernel }),
  }
  return p.program({ writes: {}, metrics })
}

test('conv2d and its two gradients agree with the reference for any window', async () => {
  await fc.assert(
    fc.asyncProperty(convolution, (c) => expectAgreement(onnx, program(c))),
    { numRuns: 150 },
  )
})

const ways = {
  conv2d: ['columns', 'direct', 'winograd'],
  conv2dInput: ['columns', 'direct', 'phases', 'winograd'],
  conv2dFilter: ['columns', 'direct', 'winograd'],
} as const

test('the cases above meet every way of every op', () => {
  const cases = fc.sample(convolution, { numRuns: 150, seed: 1 })
  for (const op of ['conv2d', 'conv2dInput', 'conv2dFilter'] as const) {
    const met = cases.map((c) => {
      const { image, filter, output } = shapes(c)
      return chooseAlgorithm(op, geometry(c.window, image, filter, output), 'cpu')
    })
    expect([...new Set<string>(met)].sort()).toEqual(ways[op])
  }
})

/** Ones that are taken a few samples at a time: by columns, by phases and columns, by minimal filtering, by Conv. */
const large: readonly Convolution[] = [
  { kernel: [5, 5], stride: 2, image: 17, channels: 32, features: 4, batch: 36 },
  { kernel: [6, 6], stride: 3, image: 24, channels: 48, features: 8, batch: 36 },
  { kernel: [4, 4], stride: 2, image: 44, channels: 16, features: 16, batch: 36 },
  { kernel: [2, 2], stride: 2, image: 64, channels: 2, features: 512, batch: 6 },
].map(({ kernel: [height = 1, width = 1], stride, image, channels, features, batch }) => ({
  batch,
  image: [image, image],
  kernel: [height, width],
  channels,
  features,
  window: {
    strides: [stride, stride],
    padding: [
      [1, 2],
      [1, 2],
    ],
  },
}))

const scans = (made: Program): number => {
  const [loop] = chunk(made, 'cpu').graph.nodes
  const body = loop?.attributes.body
  return body?.type === 'graph' ? body.value.nodes.filter(({ op }) => op === 'Scan').length : 0
}

describe('a batch in slices is the batch as a whole', () => {
  test.each(large.map((c) => [`${c.kernel} of ${c.channels} channels`, c] as const))('%s', async (_, c) => {
    const made = program(c)
    expect(scans(made)).toBeGreaterThan(0)
    // A filter's gradient is a sum of up to twenty thousand products, most of which cancel.
    await expectAgreement(onnx, made, { rest: 3e-5 })
  })
})
