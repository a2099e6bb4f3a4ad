import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Adapter } from '../browser/chromium.ts'
import type { Case } from './case.ts'
import { chunks, conformance } from './cases.ts'
import { chosen, isWhole } from './chosen.ts'
import { type OpenPage, openPage } from './page/open.ts'
import { swiftshaderFailures } from './swiftshader.ts'

interface Row {
  readonly backend: string
  readonly adapter: Adapter
  /** What the backend says that it runs on. */
  readonly device: RegExp
  readonly expectedFailures: { readonly [name: string]: string }
}

const rows: readonly Row[] = [
  { backend: 'onnx-web', adapter: 'swiftshader', device: /^WebGPU.*software$/, expectedFailures: swiftshaderFailures },
  { backend: 'onnx-web', adapter: 'none', device: /^CPU, WebAssembly/, expectedFailures: {} },
  {
    backend: 'tfjs-webgpu',
    adapter: 'swiftshader',
    device: /WebGPU in software$/,
    // tfjs guards its log, but not its log1p.
    expectedFailures: { 'log1p at the edges': swiftshaderFailures['log at the edges'] ?? '' },
  },
  { backend: 'tfjs-wasm', adapter: 'none', device: /^CPU, WebAssembly/, expectedFailures: {} },
]

/** SwiftShader compiles for long: the same table runs on it in Node as well. */
const fewest = ({ adapter }: Row, cases: readonly Case[]): readonly string[] =>
  chosen(cases)
    .filter((_, i) => isWhole || adapter === 'none' || i % 4 === 0)
    .map(({ name }) => name)

describe.each(rows)('$backend in Chromium, adapter: $adapter', (row) => {
  const { backend, adapter, device, expectedFailures } = row
  let open: OpenPage | undefined
  const page = () => {
    if (open === undefined) throw new Error('the page did not open')
    return open.page
  }
  beforeAll(async () => {
    open = await openPage(backend, adapter)
  })
  afterAll(() => open?.close())

  test('runs where it should', () => expect(open?.info.device).toMatch(device))

  test.each(fewest(row, conformance))('%s', async (name) => {
    const found = await page().evaluate((one) => window.conformance.disagreements(one), name)
    if (Object.hasOwn(expectedFailures, name)) expect(found, 'it passes: take it off the list').not.toEqual([])
    else expect(found).toEqual([])
  })

  test.each(fewest(row, chunks))('%s in one call, bit by bit, as one by one', async (name) => {
    expect(await page().evaluate((one) => window.conformance.sameInChunks(one), name)).toBe(true)
  })
})
