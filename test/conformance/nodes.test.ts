import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { isInstalled, notRun } from '../backends/tfjs-node/installed.ts'
import { chunks, conformance } from './cases.ts'
import { chosen, isWhole } from './chosen.ts'
import { fetchNode } from './nodes/fetch.ts'
import { type Bundle, bundleCases, runUnder } from './nodes/run.ts'
import { surprises } from './report.ts'
import { unpacked } from './unpacked.ts'

/** Other versions of Node than the one that runs the tests. A fast run has a look whether this one would run them. */
const versions = isWhole ? [22, 24, 26] : [undefined]

interface Row {
  readonly backend: string
  /** Of the cases, every how many-th is run; the others are run under the Node that runs the tests. */
  readonly every: number
  readonly on?: 'swiftshader'
}

const rows: readonly Row[] = [
  // It is held against itself: what may differ is the Node’s own mathematics.
  { backend: 'reference', every: 8 },
  { backend: 'onnx', every: 2 },
  { backend: 'onnx-wasm', every: 8 },
  { backend: 'tfjs-node', every: 4 },
  { backend: 'tfjs-wasm', every: 4 },
  { backend: 'onnx-webgpu', every: 30, on: 'swiftshader' },
  { backend: 'tfjs-webgpu', every: 60, on: 'swiftshader' },
]
const run = isWhole ? rows : rows.slice(0, 2)

const names = (cases: readonly { readonly name: string }[], every: number): readonly string[] =>
  chosen(cases)
    .filter((_, i) => i % every === 0)
    .map(({ name }) => name)

const shown = (every: number): string => (every === 1 ? 'all cases' : `one in ${every} cases, the others are not run`)

/** The path of a Node, or why there is none: an error where all is to be run. */
const found = async (major: number | undefined): Promise<E.Either<string, string>> => {
  const node = major === undefined ? E.right(process.execPath) : await fetchNode(major)()
  if (E.isLeft(node) && process.env.CI !== undefined) throw new Error(node.left)
  return node
}

let made: Bundle | undefined
const bundle = (): Bundle => {
  if (made === undefined) throw new Error('there is no bundle')
  return made
}
beforeAll(async () => {
  made = await bundleCases()
})
afterAll(() => made?.remove())

for (const version of versions) {
  const node = await found(version)
  describe(`Node ${version ?? process.versions.node}`, () => {
    if (E.isLeft(node)) {
      test.skip(`not run: ${node.left}`)
      return
    }
    for (const { backend, every, on } of run) {
      if (backend === 'tfjs-node' && !isInstalled) {
        test.skip(notRun)
        continue
      }
      test(`${backend}: ${shown(every)}`, { timeout: 300_000 }, async () => {
        const asked = {
          backend,
          cases: names(conformance, every),
          chunks: names(chunks, every),
          ...(on === 'swiftshader' && { vulkan: await unpacked() }),
        }
        const done = await runUnder(node.right, bundle(), asked)
        expect(surprises(done)).toEqual([])
        expect(done.environment).toContain(`Node ${version ?? process.versions.node}`)
        expect([done.cases.length, done.chunks.length]).toEqual([asked.cases.length, asked.chunks.length])
      })
    }
  })
}
