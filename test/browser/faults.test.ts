import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isWhole } from '../conformance/chosen.ts'
import { openSite, type Site } from './site.ts'

declare global {
  interface Window {
    /** The devices that the page was given. */
    devices: GPUDevice[]
  }
}

/** Remembers a page's devices; to be run before the page's own scripts. */
const remember = () => {
  window.devices = []
  const request = GPUAdapter.prototype.requestDevice
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await request.apply(this, given)
    window.devices.push(device)
    return device
  }
}

describe('without an adapter', () => {
  let site: Site | undefined
  beforeAll(async () => {
    site = await openSite('esbuild', 'none')
  }, 120_000)
  afterAll(() => site?.close())

  test('a backend on WebGPU alone says so', async () => {
    const page = await site?.open()
    const played = await page?.evaluate(() => window.saddle.play('ring', 'tfjs-webgpu'))
    expect(played?.error).toMatch(/^backend tfjs-webgpu: .*WebGPU/)
  })

  test.each([undefined, 'auto'])('WebAssembly is taken, and nothing slow (%s)', async (backend) => {
    const page = await site?.open()
    const played = await page?.evaluate((name) => window.saddle.play('ring', name), backend)
    expect(played).toMatchObject({ error: '', slow: '', device: expect.stringMatching(/^CPU, WebAssembly/) })
  })

  test('a page that is closed in the middle of a run leaves the next one alone', async () => {
    const page = await site?.open()
    await page?.evaluate(() => window.saddle.playOn('ring', 'onnx-web'))
    await page?.waitForFunction(() => window.saddle.steps() > 10)
    await page?.close()
    const next = await site?.open()
    expect(await next?.evaluate(() => window.saddle.play('ring', 'onnx-web'))).toMatchObject({
      error: '',
      saved: [0, 4, 8, 12],
    })
  })
})

describe('where the files of WebAssembly are not beside the scripts', () => {
  let site: Site | undefined
  beforeAll(async () => {
    site = await openSite('esbuild', 'none', 'elsewhere')
  }, 120_000)
  afterAll(() => site?.close())

  test.each(['onnx-web', 'onnx-wasm', 'tfjs-wasm'])('%s says what to do', async (backend) => {
    const page = await site?.open()
    const played = await page?.evaluate((name) => window.saddle.play('ring', name), backend)
    expect(played?.error).toMatch(new RegExp(`^backend ${backend}: .*wasmFolder`, 's'))
  })

  test('auto takes a slower one only with a warning that says what to do', async () => {
    const page = await site?.open()
    const played = await page?.evaluate(() => window.saddle.play('ring', 'auto'))
    expect(played).toMatchObject({ error: '', device: 'CPU, JavaScript' })
    expect(played?.slow).toMatch(
      /^starting onnxruntime's WebAssembly: .*, so tfjs-cpu computes, tens of times slower: Serve onnxruntime-web\/dist\/.*wasmFolder/,
    )
  })

  test.each([
    ['onnx-web', '/onnxruntime-web/dist/'],
    ['onnx-wasm', '/onnxruntime-web/dist/'],
    ['tfjs-wasm', '/@tensorflow/tfjs-backend-wasm/dist/'],
  ])('%s takes them from where it is told', async (backend, folder) => {
    const page = await site?.open()
    const played = await page?.evaluate(([name, files]) => window.saddle.play('ring', name, files), [
      backend,
      folder,
    ] as const)
    expect(played?.error).toBe('')
  })
})

const inSoftware = () => {
  let site: Site | undefined
  beforeAll(async () => {
    site = await openSite('esbuild', 'swiftshader')
  }, 120_000)
  afterAll(() => site?.close())

  test('auto takes WebAssembly, which is faster', async () => {
    const page = await site?.open()
    const played = await page?.evaluate(() => window.saddle.play('ring', 'auto'))
    expect(played).toMatchObject({ error: '', slow: '', device: expect.stringMatching(/^CPU, WebAssembly/) })
  }, 180_000)

  test('two games at once wait for each other', async () => {
    const page = await site?.open()
    const played = await page?.evaluate(() =>
      Promise.all([window.saddle.play('ring', 'onnx-web'), window.saddle.play('ring', 'onnx-web')]),
    )
    expect(played?.map(({ error }) => error)).toEqual(['', ''])
    expect(played?.[0]).toEqual(played?.[1])
  })

  test.each(['onnx-web', 'tfjs-webgpu'])(
    'a device that is lost ends a run of %s, whose last checkpoint stays',
    async (backend) => {
      const page = await site?.browser.newPage()
      await page?.addInitScript(remember)
      await page?.goto(site?.url ?? '')
      await page?.waitForFunction(() => window.saddle !== undefined)
      await page?.evaluate((on) => window.saddle.playOn('ring', on), backend)
      await page?.waitForFunction(() => window.saddle.steps() >= 8, undefined, { timeout: 60_000 })
      await page?.evaluate(() => {
        for (const device of window.devices) device.destroy()
      })
      const outcome = await page?.evaluate(() => window.saddle.outcome())
      expect(outcome?.error).toMatch(new RegExp(`^backend ${backend}: .*lost`))
      expect(outcome?.error).toContain(`The last good checkpoint, of step ${outcome?.saved.at(-1)}, is memory`)
    },
  )
}

// SwiftShader takes ten seconds to compile what a game needs.
if (isWhole) describe('on a graphics card in software', inSoftware)
