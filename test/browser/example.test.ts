import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from './chromium.ts'

const root = fileURLToPath(new URL('../../examples/browser', import.meta.url))
const options = { root, configFile: `${root}/vite.config.ts`, logLevel: 'silent' } as const

let server: PreviewServer | undefined
let browser: Browser | undefined
beforeAll(async () => {
  await build(options)
  server = await preview({ ...options, preview: { port: 0, open: false } })
  browser = await launch('none')
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const stepOf = async (page: Page): Promise<number> =>
  Number((await page.textContent('#step'))?.replace(/ of .*/, '').replaceAll(',', ''))

test('the example trains, pauses and goes on; without WebGPU it says what it runs on instead, and why', async () => {
  const page = await browser?.newPage()
  if (page === undefined) throw new Error('there is no page')
  const errors: unknown[] = []
  page.on('pageerror', (error) => errors.push(error))
  await page.goto(server?.resolvedUrls?.local[0] ?? '')
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
  expect(errors).toEqual([])
})
