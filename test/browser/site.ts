import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { bundlers } from './bundlers.ts'
import { type Adapter, launch } from './chromium.ts'
import { createProject } from './project.ts'
import { serve } from './serve.ts'

const libraries = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Where the libraries' own files are that they ask for beside the scripts; Vite takes onnxruntime-web's along itself. */
const beside = ['onnxruntime-web/dist', '@tensorflow/tfjs-backend-wasm/dist'].map((path) => join(libraries, path))

/** A browser, and a site with the page of these tests. */
export interface Site {
  readonly browser: Browser
  readonly url: string
  /** A new page that has loaded. */
  readonly open: () => Promise<Page>
  readonly close: () => Promise<void>
}

const entries = { esbuild: 'page.ts', vite: 'index.html' } as const

/** The libraries' files are beside the scripts, unless it is said where else they are: in folders named as the libraries. */
export const openSite = async (
  bundler: keyof typeof bundlers,
  adapter: Adapter,
  files: 'beside' | 'elsewhere' = 'beside',
): Promise<Site> => {
  const project = await createProject({ libraries: true })
  const { folder } = await bundlers[bundler](project.folder, entries[bundler])
  const server = await serve([folder, ...(files === 'beside' ? beside : [libraries])])
  const browser = await launch(adapter)
  const open = async () => {
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.waitForFunction(() => window.saddle !== undefined)
    return page
  }
  const close = async () => {
    await browser.close()
    server.close()
    await project.remove()
  }
  return { browser, url: server.url, open, close }
}
