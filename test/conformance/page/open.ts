import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { BackendInfo } from '../../../src/backends/core/backend.ts'
import { bundlePage } from '../../browser/bundle.ts'
import { type Adapter, launch } from '../../browser/chromium.ts'
import { serve } from '../../browser/serve.ts'

/** The table of cases on a backend in a page of Chromium. */
export interface OpenPage {
  readonly page: Page
  readonly info: BackendInfo
  readonly close: () => Promise<void>
}

export const openPage = async (backend: string, adapter: Adapter): Promise<OpenPage> => {
  const bundle = await bundlePage(fileURLToPath(new URL('page.ts', import.meta.url)))
  const server = await serve(bundle.folders)
  const browser = await launch(adapter)
  const page = await browser.newPage()
  const close = async () => {
    await browser.close()
    server.close()
    await bundle.remove()
  }
  try {
    await page.goto(server.url)
    await page.waitForFunction(() => window.conformance !== undefined)
    return { page, info: await page.evaluate((name) => window.conformance.start(name), backend), close }
  } catch (cause) {
    await close()
    throw cause
  }
}
