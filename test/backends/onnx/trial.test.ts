import * as onnx from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { hostRuntime } from '../../../src/backends/onnx/node.ts'
import type { Session } from '../../../src/backends/onnx/runtime.ts'
import { byTrial } from '../../../src/backends/onnx/trial.ts'

const mebibyte = 2 ** 20
const host = hostRuntime(onnx, 'onnx-webgpu', {})

/** A device on which tensors take no memory, and none may be of more bytes than `limit`: what was tried, and what is open. */
const device = (limit: number) => {
  const tried: number[] = []
  const open = new Set<Session>()
  return {
    tried,
    open,
    runtime: {
      ...host,
      open: async (model: Uint8Array) => {
        const [size] = (await onnx.InferenceSession.create(model)).outputMetadata.map((one) =>
          one.isTensor ? 4 * Number(one.shape[0]) : 0,
        )
        const session: Session = {
          run: async () => {
            tried.push(size ?? 0)
            if ((size ?? 0) > limit) throw new Error('WebGPU validation failed')
            return {}
          },
          release: async () => void open.delete(session),
        }
        open.add(session)
        return session
      },
    },
  }
}

const tensor = (name: string, bytes: number) => ({ name, shape: [bytes / 4] })

test('what every device has room for is not tried', async () => {
  const { tried, runtime } = device(0)
  expect(await byTrial(runtime, 'a card')([tensor('x', 256 * mebibyte)])).toBeUndefined()
  expect(await byTrial(runtime, 'a card')([])).toBeUndefined()
  expect(tried).toEqual([])
})

test('nothing is wrong where the largest has room', async () => {
  const { tried, open, runtime } = device(900 * mebibyte)
  const tensors = [tensor('x', 300 * mebibyte), tensor('y', 900 * mebibyte), tensor('z', 4)]
  expect(await byTrial(runtime, 'a card')(tensors)).toBeUndefined()
  expect(tried).toEqual([900 * mebibyte])
  expect(open.size).toBe(0)
})

test.each([256, 300, 512, 777, 1023])('a limit of %i MiB is found, and the largest is named', async (limit) => {
  const { tried, open, runtime } = device(limit * mebibyte)
  const over = await byTrial(runtime, 'a card')([tensor('x', 300 * mebibyte), tensor('y', 1024 * mebibyte)])
  const [, found] = /^y of shape \[268435456\] takes 1020 MiB, but a card allows (\d+) MiB \(maxBufferSize\)$/.exec(
    over?.message ?? '',
  ) ?? ['', '']
  expect(Number(found)).toBeLessThanOrEqual(limit)
  expect(Number(found)).toBeGreaterThan(limit - 66)
  expect(over?.hint).toMatch(/[Ll]ower the batch/)
  expect(tried.length).toBeLessThan(10)
  expect(open.size).toBe(0)
})
