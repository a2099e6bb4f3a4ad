import { Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { createTensorPool } from '../../../src/backends/onnx/tensorPool.ts'

const tensor = (shape: readonly number[]): Tensor =>
  new Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)

test('what is given is taken once, by its shape', () => {
  const tensorPool = createTensorPool()
  const [scalar, flat, square] = [tensor([]), tensor([4]), tensor([2, 2])]
  for (const given of [scalar, flat, square]) tensorPool.give(given)
  expect(tensorPool.take([2, 2])).toBe(square)
  expect(tensorPool.take([2, 2])).toBeUndefined()
  expect(tensorPool.take([])).toBe(scalar)
  expect(tensorPool.take([4])).toBe(flat)
})
