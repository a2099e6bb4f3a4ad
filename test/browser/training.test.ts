import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/run/generate.ts'
import { train } from '../../src/run/train.ts'
import { encodeCheckpoint } from '../../src/storage/checkpoint.ts'
import { specHash } from '../../src/storage/specHash.ts'
import { isWhole } from '../conformance/chosen.ts'
import { rightOf } from '../data/files.ts'
import type { bundlers } from './bundlers.ts'
import type { Adapter } from './chromium.ts'
import { type Game, games } from './games.ts'
import { type Played, play } from './play.ts'
import { openSite, type Site } from './site.ts'

interface Row {
  readonly bundler: keyof typeof bundlers
  readonly adapter: Adapter
  /** Each with what it says that it runs on. */
  readonly backends: readonly (readonly [name: string, device: RegExp])[]
}

const fast: readonly Row[] = [
  { bundler: 'vite', adapter: 'none', backends: [['onnx-web', /^CPU, WebAssembly/]] },
  {
    bundler: 'esbuild',
    adapter: 'none',
    backends: [
      ['onnx-web', /^CPU, WebAssembly/],
      ['tfjs-wasm', /^CPU, WebAssembly/],
    ],
  },
]

/** SwiftShader takes ten seconds to compile what a game needs. */
const slow: readonly Row[] = [
  { bundler: 'vite', adapter: 'swiftshader', backends: [['onnx-web', /WebGPU.*software$/]] },
  { bundler: 'esbuild', adapter: 'swiftshader', backends: [['tfjs-webgpu', /WebGPU.*software$/]] },
]

const rows = isWhole ? [...fast, ...slow] : fast
const gameNames: readonly Game[] = ['ring', 'images']

const expectSame = (found: Played, expected: Played): void => {
  expect(Object.keys(found.costs)).toEqual(Object.keys(expected.costs))
  for (const [player, costs] of Object.entries(expected.costs)) {
    expect(found.costs[player]?.length).toBe(costs.length)
    for (const [step, cost] of costs.entries())
      expect(found.costs[player]?.[step], `${player}, step ${step}`).toBeCloseTo(cost, 3)
  }
}

describe.each(rows)('a page that $bundler bundled, adapter: $adapter', ({ bundler, adapter, backends }) => {
  let site: Site | undefined
  beforeAll(async () => {
    site = await openSite(bundler, adapter)
  }, 120_000)
  afterAll(() => site?.close())

  const runs = backends.flatMap(([backend, device]) => gameNames.map((game) => ({ backend, device, game })))
  test.each(runs)('trains $game on $backend as Node does', async ({ backend, device, game }) => {
    const expected = await play(game, 'reference')
    const page = await site?.open()
    const found = await page?.evaluate(([name, on]) => window.saddle.play(name, on), [game, backend] as const)
    await page?.close()
    expect(found).toMatchObject({ error: '', saved: expected.saved, device: expect.stringMatching(device) })
    if (found !== undefined) expectSame(found, expected)
  })

  test('loads a checkpoint that Node wrote and generates what Node does; a changed byte is refused', async () => {
    const [[backend] = ['onnx-web']] = backends
    const game = { ...games.ring, steps: 3 }
    const trained = await rightOf(train(game, { backend: 'reference' }))
    const checkpoint = Array.from(encodeCheckpoint({ step: 3, spec: specHash(game), state: trained.state }))
    const expected = await rightOf(generate(trained, { count: 5 }))
    const page = await site?.open()
    const ask = (bytes: readonly number[]) =>
      page?.evaluate(([on, given]) => window.saddle.samples('ring', on, given), [backend, bytes] as const)
    const found = await ask(checkpoint)
    const damaged = await ask(checkpoint.with(-9, (checkpoint.at(-9) ?? 0) ^ 1))
    await page?.close()
    expect(found).toHaveLength(10)
    for (const [i, x] of Array.from(expected.values).entries()) expect(found?.[i]).toBeCloseTo(x, 4)
    expect(damaged).toContain('its content does not match its hash')
  })
})
