import { beforeAll, describe, expect, test } from 'vitest'
import type { Backend } from '../../../src/backends/core/backend.ts'
import { single } from '../../../src/backends/onnx/single.ts'
import { start } from '../../../src/backends/onnx/webgpu.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program } from '../../../src/ir/program.ts'
import { useSwiftshader } from '../../conformance/swiftshader.ts'
import { numbers, succeed } from './agreement.ts'

/** Reads state and draws, counts steps, and leaves one tensor of the state alone. */
const counting = (): Program => {
  const p = createBuilder()
  const x = p.state('x', [2, 3])
  const z = p.draw('z', { shape: [3], origin: { type: 'given' } })
  const next = p.add(x, p.mul(z, p.add(p.step(), p.state('rate', []))))
  return p.program({ writes: { x: next }, metrics: { sum: p.sum(next), step: p.step() } })
}

const initial = {
  x: { shape: [2, 3], values: new Float32Array(6) },
  rate: { shape: [], values: Float32Array.of(0.5) },
}

describe('on a graphics card in software', () => {
  let backend: Backend | undefined
  const webgpu = () => {
    if (backend === undefined) throw new Error('the backend did not start')
    return backend
  }
  beforeAll(async () => {
    await useSwiftshader()
    backend = await succeed(start({}))
  }, 60_000)

  test('says that it is in software', () => {
    expect(webgpu().info).toMatchObject({ name: 'onnx-webgpu', accelerator: 'software gpu' })
    expect(webgpu().info.device).toContain('in software')
  })

  test('a thousand steps are those of the sums that they are', async () => {
    const store = await succeed(webgpu().store(initial))
    const executable = await succeed(store.compile(counting()))
    const [chunks, count] = [20, 50]
    let expected = new Float32Array(3)
    for (let chunk = 0; chunk < chunks; chunk++) {
      const z = numbers(chunk, count * 3)
      const metrics = await succeed(executable.run({ first: chunk * count, count, draws: { z } }))
      for (let i = 0; i < count; i++) {
        const step = chunk * count + i
        expected = expected.map((x, j) => Math.fround(x + (z[3 * i + j] ?? 0) * (step + 0.5)))
        expect(metrics.step?.[i]).toBe(step)
      }
    }
    const { x, rate } = await succeed(store.read())
    expect(rate?.values).toEqual(Float32Array.of(0.5))
    for (const [j, value] of expected.entries()) expect((x?.values[j] ?? 0) / value).toBeCloseTo(1, 3)
    executable.dispose()
    store.dispose()
  })

  test('undo and forks share and keep what is on the device', async () => {
    const store = await succeed(webgpu().store(initial))
    const executable = await succeed(store.compile(counting()))
    const once = { first: 0, count: 1, draws: { z: Float32Array.of(1, 2, 3) } }
    await succeed(executable.run(once))
    const fork = store.fork()
    await succeed(executable.run(once))
    store.undo()
    const moved = Float32Array.of(0.5, 1, 1.5, 0.5, 1, 1.5)
    for (const one of [store, fork]) expect((await succeed(one.read())).x?.values).toEqual(moved)
    store.dispose()
    expect((await succeed(fork.read())).x?.values).toEqual(moved)
    fork.dispose()
    executable.dispose()
  })

  test('a tensor over the limits is named before any step, with what is allowed', async () => {
    const sum = (rows: number, columns: number): Program => {
      const p = createBuilder()
      const table = p.add(p.state('x', [rows, 1]), p.state('y', [1, columns]))
      return p.program({ writes: {}, metrics: { most: p.sum(table) } })
    }
    const store = await succeed(
      webgpu().store({
        x: { shape: [30_000, 1], values: new Float32Array(30_000).fill(1) },
        y: { shape: [1, 10_000], values: new Float32Array(10_000).fill(2) },
      }),
    )
    expect(await store.compile(sum(30_000, 10_000))()).toMatchObject({
      left: {
        type: 'BackendError',
        message: expect.stringMatching(
          /^add of shape \[30000, 10000\] takes 1140 MiB, but WebGPU on \w+ allows \d+ MiB \(maxBufferSize\)$/,
        ),
        hint: expect.stringContaining('Lower the batch'),
      },
    })
    store.dispose()
  })
})

test('no operator is left in a step that the provider lacks', () => {
  const p = createBuilder()
  const product = p.matmul(p.state('a', [2, 2]), p.state('b', [2, 2]))
  const program = p.program({ writes: {}, metrics: { y: p.add(product, p.sign(product)) } })
  const operators = single(program).graph.nodes.map(({ op }) => op)
  expect(operators).toEqual(expect.arrayContaining(['Gemm', 'Mul', 'Clip', 'Add']))
  expect(operators.filter((op) => ['Sum', 'Sign', 'Loop', 'Scan'].includes(op))).toEqual([])
})
