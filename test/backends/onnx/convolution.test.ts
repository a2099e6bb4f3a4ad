import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseWay } from '../../../src/backends/onnx/convolution.ts'
import { geometry } from '../../../src/backends/onnx/geometry.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Window } from '../../../src/ir/program.ts'
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

/** Also windows that leave a rest, strides beyond the kernel, padding on one side only, and sizes for both ways. */
const convolution: fc.Arbitrary<Convolution> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    image: fc.oneof(pair(1, 8), pair(9, 12)),
    kernel: pair(1, 5),
    channels: fc.integer({ min: 1, max: 5 }),
    features: fc.integer({ min: 1, max: 4 }),
    window: fc.record({ strides: pair(1, 3), padding: fc.tuple(pair(0, 3), pair(0, 3)) }),
  })
  .filter((c) => outputSize(c, 0) >= 1 && outputSize(c, 1) >= 1)

const shapes = (c: Convolution) => ({
  image: [c.batch, ...c.image, c.channels],
  filter: [...c.kernel, c.channels, c.features],
  output: [c.batch, outputSize(c, 0), outputSize(c, 1), c.features],
})

test('conv2d and its two gradients agree with the reference for any window', async () => {
  await fc.assert(
    fc.asyncProperty(convolution, async (c) => {
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
      await expectAgreement(onnx, p.program({ writes: {}, metrics }))
    }),
    { numRuns: 150 },
  )
})

const ways = {
  conv2d: ['columns', 'direct'],
  conv2dInput: ['columns', 'direct', 'phases'],
  conv2dFilter: ['columns', 'direct'],
} as const

test('the cases above meet every way of every op', () => {
  const cases = fc.sample(convolution, { numRuns: 150, seed: 1 })
  for (const op of ['conv2d', 'conv2dInput', 'conv2dFilter'] as const) {
    const met = cases.map((c) => {
      const { image, filter, output } = shapes(c)
      return chooseWay(op, geometry(c.window, image, filter, output))
    })
    expect([...new Set<string>(met)].sort()).toEqual(ways[op])
  }
})
