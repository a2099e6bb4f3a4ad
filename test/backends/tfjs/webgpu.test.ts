import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import {
  backend as active,
  engine,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Backend } from '../../../src/backends/core/backend.ts'
import { start } from '../../../src/backends/tfjs/webgpu/node.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { type Program, size } from '../../../src/ir/program.ts'
import { useSwiftshader } from '../../conformance/swiftshader.ts'
import { numbers, succeed } from '../onnx/agreement.ts'

await useSwiftshader()

const once = { first: 0, count: 1, draws: {} }

/** The device of the row that was asked last. */
const activeDevice = (): GPUDevice => {
  const kernels = active()
  if (!(kernels instanceof WebGPUBackend)) throw new Error('another row is active')
  return kernels.device
}

const sum = (): Program => {
  const p = createBuilder()
  const x = p.state('x', [2])
  return p.program({ writes: { x: p.add(x, x) }, metrics: { y: p.sum(x) } })
}

const begin = async (backend: Backend) => {
  const store = await succeed(backend.store({ x: { shape: [2], values: Float32Array.of(1, 2) } }))
  return { store, executable: await succeed(store.compile(sum())) }
}

test('says what it runs on', async () => {
  const { info, dispose } = await succeed(start({}))
  expect(info).toMatchObject({ name: 'tfjs-webgpu', accelerator: 'software gpu' })
  expect(info.device).toMatch(/swiftshader.*WebGPU/i)
  dispose?.()
})

describe('a device that is lost', () => {
  test('stops what runs on it, and says what to do', async () => {
    const backend = await succeed(start({}))
    const { store, executable } = await begin(backend)
    await succeed(executable.run(once))
    const device = activeDevice()
    device.destroy()
    await device.lost
    const lost = { type: 'BackendError', backend: 'tfjs-webgpu', hint: expect.stringContaining('last checkpoint') }
    const run = await executable.run(once)()
    expect(run).toMatchObject({
      left: { ...lost, message: expect.stringContaining('running a program: the device was lost') },
    })
    expect(await store.read()()).toMatchObject({ left: lost })
    executable.dispose()
    store.dispose()
    backend.dispose?.()
  })

  test('takes no other with it', async () => {
    const [gone, stays] = [await succeed(start({})), await succeed(start({}))]
    const left = await begin(gone)
    const right = await begin(stays)
    await succeed(left.executable.run(once))
    left.store.dispose()
    gone.dispose?.()
    expect(await succeed(right.executable.run(once))).toEqual({ y: Float32Array.of(3) })
    right.store.dispose()
    stays.dispose?.()
  })
})

test('what a device refuses is an error once, and leaves the state as it was', async () => {
  const backend = await succeed(start({}))
  const { store, executable } = await begin(backend)
  await succeed(executable.run(once))
  activeDevice().createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE })
  const message = expect.stringContaining('running a program: the device refused: ')
  expect(await executable.run(once)()).toMatchObject({ left: { backend: 'tfjs-webgpu', message } })
  expect((await succeed(store.read())).x?.values).toEqual(Float32Array.of(2, 4))
  expect(await succeed(executable.run(once))).toEqual({ y: Float32Array.of(6) })
  backend.dispose?.()
})

/** Sums of so many products that tfjs would split them. */
const long = (): Program => {
  const p = createBuilder()
  const [a, b] = [p.state('a', [4096, 16]), p.state('b', [4096, 16])]
  const image = p.reshape(a, [4, 16, 16, 64])
  const filter = p.reshape(b, [16, 16, 64, 4])
  const window = {
    strides: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  } as const
  return p.program({
    writes: {},
    metrics: {
      product: p.matmul(a, b, { transposeA: true, transposeB: false }),
      rows: p.sum(a, [0]),
      image: p.conv2d(image, filter, window),
      scatter: p.scatter(a, p.state('row', [4096]), 3),
    },
  })
}

const longState = {
  a: { shape: [4096, 16], values: numbers(1, 4096 * 16) },
  b: { shape: [4096, 16], values: numbers(2, 4096 * 16) },
  row: { shape: [4096], values: Float32Array.from({ length: 4096 }, (_, i) => i % 3) },
}

test('sums of any length have the same bits each time', async () => {
  const backend = await succeed(start({}))
  const store = await succeed(backend.store(longState))
  const executable = await succeed(store.compile(long()))
  const first = await succeed(executable.run(once))
  for (let i = 0; i < 8; i++) expect(await succeed(executable.run(once))).toEqual(first)
  backend.dispose?.()
})

/** These fail when upstream mends what is gone around here. */
describe('tfjs 4.22 on WebGPU', () => {
  let backend: Backend
  beforeEach(async () => {
    backend = await succeed(start({}))
    await succeed(backend.store({}))
  })
  afterEach(() => backend.dispose?.())

  const floats = (shape: number[]): Tensor => engine().makeTensor(numbers(1, size(shape)), shape, 'float32')

  test('transposes what was a boolean wrongly', async () => {
    const device = activeDevice()
    const x = floats([2, 2, 2])
    const isX = engine().runKernel<Tensor>(
      'Cast',
      { x: engine().runKernel('Equal', { a: x, b: x }) },
      { dtype: 'float32' },
    )
    device.pushErrorScope('validation')
    engine().runKernel('Transpose', { x: isX }, { perm: [0, 2, 1] })
    expect((await device.popErrorScope())?.message).toContain('setOutputAtIndex')
  })

  test('adds long sums, and rows, in no order', () => {
    const gpu = active()
    if (!(gpu instanceof WebGPUBackend)) throw new Error('another row is active')
    const run = vi.spyOn(gpu, 'runWebGPUProgram')
    const shaders = (kernel: string, inputs: NamedTensorMap, attrs: NamedAttrMap): string => {
      run.mockClear()
      getKernel(kernel, 'webgpu').kernelFunc({ inputs, attrs, backend: gpu })
      return run.mock.calls.map(([program]) => program.getUserCode()).join()
    }
    const long = { a: floats([4096, 16]), b: floats([4096, 16]) }
    expect(shaders('BatchMatMul', long, { transposeA: true, transposeB: false })).toContain('atomic')
    const indices = engine().runKernel<Tensor>('Cast', { x: floats([3, 1]) }, { dtype: 'int32' })
    expect(shaders('ScatterNd', { indices, updates: floats([3, 2]) }, { shape: [2, 2] })).toContain('atomic')
  })
})
