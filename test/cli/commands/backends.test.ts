import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import type { Accelerator } from '../../../src/backends/core/backend.ts'
import { type Outcome, preference } from '../../../src/backends/start/auto.ts'
import { type BackendName, backendNames, catalogue, namesIn } from '../../../src/backends/start/catalogue.ts'
import { plain, reportBackends } from '../../../src/cli/backendsReport.ts'
import { showBackends } from '../../../src/cli/show/showBackends.ts'
import { inFolder, put } from '../../data/files.ts'
import { saddle } from '../saddle.ts'
import { ringSource } from '../specs.ts'

const outcome = (accelerator: Accelerator): Outcome =>
  E.right({ name: 'x', device: 'the device', accelerator, version: '1.2' })

const failing = (name: BackendName): Outcome =>
  E.left({ type: 'BackendError', backend: name, message: 'it is absent\nand more', hint: 'npm install it' })

test('every backend has its place: what starts in columns, what does not with why and what to do', async () => {
  const found = await reportBackends((name) => TE.fromEither(name === 'onnx' ? failing(name) : outcome('none')))
  const text = showBackends(found)
  for (const name of backendNames) expect(text).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  expect(text).toContain('Do not start here\n  onnx: it is absent\n    npm install it\n')
  const columns = text.split('\n').flatMap((line) => (line.includes('1.2') ? [line.indexOf('1.2')] : []))
  expect(new Set(columns).size).toBe(1)
  const nothing = await reportBackends((name) => TE.fromEither(failing(name)))
  expect(showBackends(nothing)).toMatch(/^Do not start here\n[\s\S]*--backend auto takes none: no backend starts\n$/)
  expect(nothing.auto).toBeUndefined()
})

test('a GPU in software is named as such, and auto does not take it', async () => {
  const found = await reportBackends((name) => TE.fromEither(outcome(name === 'reference' ? 'none' : 'software gpu')))
  expect(showBackends(found)).toContain('(a software GPU, for tests)')
  expect(found.auto).toBe('reference')
})

test('as JSON, every backend says whether it starts, and where it runs', async () => {
  const { backends } = plain(
    await reportBackends((name) => TE.fromEither(name === 'onnx' ? failing(name) : outcome('none'))),
  )
  expect(backends.map(({ name }) => name)).toEqual(backendNames)
  for (const { name, places, packages } of backends) expect(catalogue[name]).toMatchObject({ places, packages })
  expect(backends[0]).toMatchObject({ name: 'onnx', starts: false, message: 'it is absent\nand more' })
})

interface Listed {
  readonly auto: string
  readonly backends: readonly { readonly name: string; readonly starts?: boolean; readonly hint?: string }[]
}

test(
  'the command asks each backend in truth',
  () =>
    inFolder(async (folder) => {
      const { code, out, err } = await saddle(folder, 'backends', '--json')
      expect([code, err]).toEqual([0, ''])
      const { auto, backends }: Listed = JSON.parse(out)
      expect(backends.map(({ name }) => name)).toEqual(backendNames)
      expect(backends.find(({ name }) => name === 'reference')).toMatchObject({ starts: true })
      expect(backends.find(({ name }) => name === auto)).toMatchObject({ starts: true })
      for (const { starts, hint } of backends) if (starts === false) expect(hint).toMatch(/\w/)
      expect(await saddle(folder, 'serve-backend')).toMatchObject({ code: 2, out: '' })
      await put(folder, 'ring.ts', ringSource)
      const trained = await saddle(folder, 'train', 'ring.ts', '--backend', 'auto', '--steps', '1', '--no-summary')
      expect(trained.code, trained.err).toBe(0)
      expect(trained.err).toContain(` parameters, ${auto} `)
      const better = preference
        .slice(
          0,
          preference.findIndex(({ name }) => name === auto),
        )
        .map(({ name }) => name)
      for (const name of better.filter((each) => namesIn('node').includes(each)))
        expect(trained.err).toContain(`  not ${name}: `)
    }),
  180_000,
)

test('a run goes on on another backend where one is named, and says so', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const train = (...args: readonly string[]) => saddle(folder, 'train', ...args, '--no-summary')
    const begun = await train('ring.ts', '--steps', '3', '--threads', '1')
    expect(begun.code, begun.err).toBe(0)
    expect(begun.err).not.toContain('so far: ')
    const resume = ['--resume', '--out', 'runs/ring', '--steps', '5']
    const refused = await train(...resume, '--threads', '2')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('To continue anyway, equal within rounding, add --backend onnx.\n')
    const moved = await train(...resume, '--backend', 'reference')
    expect(moved.code, moved.err).toBe(0)
    expect(moved.err).toMatch(
      /reference 1 on CPU, float64, from step 3 to 5\nso far: onnx .* on CPU, 1 thread; from here/,
    )
    const info: unknown = JSON.parse(await readFile(join(folder, 'runs', 'ring', 'run.json'), 'utf8'))
    expect(info).toMatchObject({ backend: { name: 'reference' }, history: [{ from: 0 }, { from: 3 }] })
  }))
