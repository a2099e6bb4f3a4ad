import type { Adapter } from '../browser/chromium.ts'
import { openPage } from './page/open.ts'
import { machine, type Runner } from './runner.ts'

/** In a page of Chromium. */
export const runInPage = async (backend: string, adapter: Adapter): Promise<Runner> => {
  const { page, info, close } = await openPage(backend, adapter)
  return {
    info,
    environment: `Chromium ${page.context().browser()?.version()}, ${machine()}`,
    disagreements: (name) => page.evaluate((one) => window.conformance.disagreements(one), name),
    sameInChunks: (name) => page.evaluate((one) => window.conformance.sameInChunks(one), name),
    close,
  }
}
