import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Adapter } from '../browser/chromium.ts'
import type { Case } from './case.ts'
import { chunks, conformance } from './cases.ts'
import { chosen, isWhole } from './chosen.ts'
import { expectedFailures } from './expected.ts'
import { runInPage } from './inPage.ts'
import type { Runner } from './runner.ts'

interface Row {
  readonly backend: string
  readonly adapter: Adapter
  /** What the backend says that it runs on. */
  readonly device: RegExp
}

const rows: readonly Row[] = [
  { backend: 'onnx-web', adapter: 'swiftshader', device: /WebGPU.*software$/ },
  { backend: 'onnx-web', adapter: 'none', device: /^CPU, WebAssembly/ },
  { backend: 'tfjs-webgpu', adapter: 'swiftshader', device: /WebGPU.*software$/ },
  { backend: 'tfjs-wasm', adapter: 'none', device: /^CPU, WebAssembly/ },
]

/** SwiftShader compiles for long: the same table runs on it in Node as well. */
const fewest = ({ adapter }: Row, cases: readonly Case[]): readonly string[] =>
  chosen(cases)
    .filter((_, i) => isWhole || adapter === 'none' || i % 4 === 0)
    .map(({ name }) => name)

describe.each(rows)('$backend in Chromium, adapter: $adapter', (row) => {
  let opened: Runner | undefined
  const runner = (): Runner => {
    if (opened === undefined) throw new Error('the page did not open')
    return opened
  }
  beforeAll(async () => {
    opened = await runInPage(row.backend, row.adapter)
  }, 120_000)
  afterAll(() => opened?.close())

  test('runs where it should', () => expect(runner().info.device).toMatch(row.device))

  test.each(fewest(row, conformance))('%s', async (name) => {
    const found = await runner().disagreements(name)
    if (Object.hasOwn(expectedFailures(runner().info), name))
      expect(found, 'it passes: take it off the list').not.toEqual([])
    else expect(found).toEqual([])
  })

  test.each(fewest(row, chunks))('%s in one call, bit by bit, as one by one', async (name) => {
    expect(await runner().sameInChunks(name)).toBe(true)
  })
})
