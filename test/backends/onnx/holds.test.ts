import fc from 'fast-check'
import * as onnx from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { createHolds } from '../../../src/backends/onnx/holds.ts'

test('a tensor is freed once, when the last of those that hold it lets go', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (holders) => {
      const x = new onnx.Tensor('float32', Float32Array.of(1), [1])
      const freed: onnx.Tensor[] = []
      const holds = createHolds((tensor) => freed.push(tensor))
      for (let i = 0; i < holders; i++) holds.keep({ x })
      for (let i = 0; i < holders; i++) {
        expect(freed).toEqual([])
        holds.drop({ x })
      }
      expect(freed).toEqual([x])
      expect(() => holds.drop({ x })).toThrow('nobody holds')
    }),
  ))
