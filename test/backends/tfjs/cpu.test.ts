import { engine, type Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { start } from '../../../src/backends/tfjs/cpu.ts'
import { numbers, succeed } from '../onnx/agreement.ts'

const backend = await succeed(start({}))
await succeed(backend.store({}))

const floats = (shape: number[]): Tensor =>
  engine().makeTensor(
    numbers(
      1,
      shape.reduce((product, n) => product * n, 1),
    ),
    shape,
    'float32',
  )

const timed = (run: () => unknown): number => {
  run()
  const before = performance.now()
  run()
  return performance.now() - before
}

/** This fails when upstream mends what is gone around. */
test('tfjs 4.22 in JavaScript is slow at the gradient of a convolution by its filter', () => {
  const [x, filter] = [floats([2, 8, 8, 32]), floats([4, 4, 32, 32])]
  const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dimRoundingMode: 'floor' }
  const forward = () => engine().runKernel('Conv2D', { x, filter }, { ...attributes, dilations: [1, 1] })
  const backward = () =>
    engine().runKernel('Conv2DBackpropFilter', { x, dy: x }, { ...attributes, filterShape: [4, 4, 32, 32] })
  expect(timed(backward)).toBeGreaterThan(3 * timed(forward))
})
