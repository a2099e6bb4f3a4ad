import { Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { createSpares } from '../../../src/backends/onnx/tensorPool.ts'

const tensor = (shape: readonly number[]): Tensor =>
  new Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)

test('what is given is taken once, by its shape', () => {
  const spares = createSpares()
  const [scalar, flat, square] = [tensor([]), tensor([4]), tensor([2, 2])]
  for (const given of [scalar, flat, square]) spares.give(given)
  expect(spares.take([2, 2])).toBe(square)
  expect(spares.take([2, 2])).toBeUndefined()
  expect(spares.take([])).toBe(scalar)
  expect(spares.take([4])).toBe(flat)
})
