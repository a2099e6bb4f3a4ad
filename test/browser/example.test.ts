import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, type InlineConfig, type Plugin, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from './chromium.ts'

const root = fileURLToPath(new URL('../../examples/browser', import.meta.url))

/** The example as it is, but for a shorter run. */
const short: Plugin = {
  name: 'short',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/examples/browser/game.ts') ? code.replace('steps: 6000', 'steps: 60') : undefined,
}

const optionsOf = (name: string, plugins: Plugin[]): InlineConfig => ({
  root,
  configFile: `${root}/vite.config.ts`,
  logLevel: 'silent',
  plugins,
  worker: { format: 'es', plugins: () => plugins },
  build: { outDir: `../../node_modules/.cache/saddlepoint/${name}`, emptyOutDir: true },
})

interface Example {
  readonly open: () => Promise<Page>
  /** What went wrong in its pages. */
  readonly errors: readonly unknown[]
}

const examples: PreviewServer[] = []
let browser: Browser | undefined

const serve = async (name: string, plugins: Plugin[]): Promise<Example> => {
  const options = optionsOf(name, plugins)
  await build(options)
  const server = await preview({ ...options, preview: { port: 0, open: false } })
  examples.push(server)
  const errors: unknown[] = []
  const open = async () => {
    const page = await browser?.newPage()
    if (page === undefined) throw new Error('there is no page')
    page.on('pageerror', (error) => errors.push(error))
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    return page
  }
  return { open, errors }
}

let whole: Example | undefined
let shortened: Example | undefined
const opened = (example: Example | undefined): Promise<Page> => {
  if (example === undefined) throw new Error('the example is not served')
  return example.open()
}

beforeAll(async () => {
  whole = await serve('example', [])
  shortened = await serve('short-example', [short])
  browser = await launch('none')
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await Promise.all(examples.map((server) => server.close()))
})

const stepOf = async (page: Page): Promise<number> =>
  Number((await page.textContent('#step'))?.replace(/ of .*/, '').replaceAll(',', ''))

test('the example trains, pauses and goes on; without WebGPU it says what it runs on instead, and why', async () => {
  const page = await opened(whole)
  await page.click('#play')
  await page.waitForFunction(() => Number.parseInt(document.getElementById('step')?.textContent ?? '', 10) > 20)
  await page.click('#play')
  await page.getByText('Go on').waitFor()
  expect(await page.textContent('#device')).toMatch(/^CPU, WebAssembly/)
  expect(await page.textContent('#note')).toMatch(/No graphics card.*tfjs-webgpu: /s)
  const paused = await stepOf(page)
  await page.click('#play')
  await page.waitForFunction(
    (step) => Number.parseInt(document.getElementById('step')?.textContent?.replaceAll(',', '') ?? '', 10) > step,
    paused,
  )
  expect(whole?.errors).toEqual([])
})

test('after the last step there is nothing to go on with, and the example starts over', async () => {
  const page = await opened(shortened)
  await page.click('#play')
  await page.getByText('Finished').waitFor()
  expect(await page.textContent('#step')).toBe('60 of 60')
  expect(await page.isDisabled('#play')).toBe(true)
  await page.click('#restart')
  expect([await page.textContent('#step'), await page.textContent('#play')]).toEqual(['0', 'Start'])
  await page.click('#play')
  await page.getByText('Finished').waitFor()
  expect(shortened?.errors).toEqual([])
})

test('it goes on as often as it is paused, at once too', async () => {
  const page = await opened(shortened)
  // As soon as the page says that it can go on, it is asked to.
  await page.evaluate(() => {
    const play = document.getElementById('play')
    if (!(play instanceof HTMLButtonElement)) throw new Error('the page has no button')
    new MutationObserver(() => {
      if (play.textContent === 'Go on') play.click()
    }).observe(play, { childList: true, characterData: true, subtree: true })
    play.click()
  })
  for (const step of [10, 30]) {
    await page.waitForFunction(
      (least) => Number.parseInt(document.getElementById('step')?.textContent ?? '', 10) > least,
      step,
    )
    await page.evaluate(
      () => document.getElementById('play')?.textContent === 'Pause' && document.getElementById('play')?.click(),
    )
  }
  await page.getByText('Finished').waitFor()
  expect(shortened?.errors).toEqual([])
})

test('after a failure the page says so, is not starting any more, and takes another backend', async () => {
  const page = await opened(shortened)
  await page.selectOption('#backend', 'tfjs-webgpu')
  await page.click('#play')
  await page.getByText(/^backend tfjs-webgpu: .*WebGPU/).waitFor()
  expect([await page.textContent('#device'), await page.textContent('#play')]).toEqual(['–', 'Start'])
  await page.selectOption('#backend', 'onnx-wasm')
  await page.click('#play')
  await page.getByText('Finished').waitFor()
  expect(await page.textContent('#device')).toMatch(/^CPU, WebAssembly.*onnx-wasm/)
  expect(await page.isHidden('#note')).toBe(true)
  expect(shortened?.errors).toEqual([])
})
