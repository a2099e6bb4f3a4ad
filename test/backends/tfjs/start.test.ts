import { afterEach, describe, expect, test, vi } from 'vitest'
import type { StartBackend } from '../../../src/backends/core/backend.ts'

/** Each loads everything anew, but what Node has loaded. */
const start = {
  'tfjs-cpu': async (): Promise<StartBackend> => (await import('../../../src/backends/tfjs/cpu.ts')).start,
  'tfjs-wasm': async (): Promise<StartBackend> => (await import('../../../src/backends/tfjs/wasm.ts')).start,
  'tfjs-webgpu': async (): Promise<StartBackend> => (await import('../../../src/backends/tfjs/webgpu/node.ts')).start,
}
type Row = keyof typeof start

const modules = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', 'webgpu']

const missing = (name: string) => () => {
  throw new Error(`Cannot find package '${name}'`)
}

/** An adapter with nothing behind it. */
const adapter = { limits: {}, info: { vendor: '', architecture: '', device: '', description: '' } }

const withGpu = (gpu: object): void => {
  vi.doMock('webgpu', () => ({ create: () => gpu, globals: {} }))
}

afterEach(() => {
  for (const name of modules) vi.doUnmock(name)
  vi.resetModules()
  vi.restoreAllMocks()
  // What Node lacks, and the row put there.
  Reflect.deleteProperty(globalThis.navigator ?? {}, 'gpu')
})

describe('says what it runs on', () => {
  test.each<readonly [Row, RegExp]>([
    ['tfjs-cpu', /^CPU, JavaScript$/],
    ['tfjs-wasm', /^CPU, WebAssembly with SIMD, 1 thread$/],
  ])('%s', async (name, device) => {
    const started = await (await start[name]())({})()
    const info = {
      name,
      device: expect.stringMatching(device),
      accelerator: 'none',
      version: expect.stringMatching(/^4/),
    }
    expect(started).toMatchObject({ _tag: 'Right', right: { info } })
  })
})

describe('says what it lacks, and how to get it', () => {
  test.each<readonly [Row, string, string]>([
    ['tfjs-cpu', '@tensorflow/tfjs-core', 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu'],
    ['tfjs-cpu', '@tensorflow/tfjs-backend-cpu', 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu'],
    ['tfjs-wasm', '@tensorflow/tfjs-backend-wasm', 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-wasm'],
    [
      'tfjs-webgpu',
      'webgpu',
      "npm install webgpu @tensorflow/tfjs-core @tensorflow/tfjs-backend-webgpu, and the graphics card's driver (on Linux that of Vulkan)",
    ],
  ])('%s: the package %s', async (name, lacking, hint) => {
    vi.doMock(lacking, missing(lacking))
    const started = await (await start[name]())({})()
    expect(started).toMatchObject({ left: { type: 'BackendError', backend: name, hint } })
  })

  test('tfjs-webgpu: an adapter', async () => {
    withGpu({ requestAdapter: async () => null })
    const message = 'starting tfjs: there is no WebGPU adapter'
    expect(await (await start['tfjs-webgpu']())({})()).toMatchObject({ left: { backend: 'tfjs-webgpu', message } })
  })

  test('tfjs-webgpu: a device', async () => {
    withGpu({
      requestAdapter: async () => ({ ...adapter, requestDevice: () => Promise.reject(new Error('it is gone')) }),
    })
    const message = 'starting tfjs: it is gone'
    expect(await (await start['tfjs-webgpu']())({})()).toMatchObject({ left: { backend: 'tfjs-webgpu', message } })
  })
})

test('tfjs prints nothing', async () => {
  const printed = (['log', 'info', 'warn', 'error'] as const).map((kind) =>
    vi.spyOn(console, kind).mockImplementation(() => {}),
  )
  for (const name of ['tfjs-cpu', 'tfjs-wasm'] as const) {
    const started = await (await start[name]())({})()
    if (started._tag === 'Left') throw new Error(started.left.message)
    await started.right.store({ x: { shape: [1], values: Float32Array.of(1) } })()
  }
  for (const print of printed) expect(print).not.toHaveBeenCalled()
})
