import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askedFor, commandNames, commands } from '../../src/cli/commands.ts'
import { createProgram } from '../../src/cli/program.ts'
import { inFolder, put } from '../data/files.ts'
import { saddle, start } from './saddle.ts'
import { ringSource } from './specs.ts'

test('what --help lists of commands that are not loaded is what the loaded ones say of themselves', async () => {
  const listed = await createProgram([], () => {})
  const loaded = await createProgram(commandNames, () => {})
  expect(listed.helpInformation()).toBe(loaded.helpInformation())
  expect(loaded.commands.map((command) => command.name())).toEqual(Object.keys(commands))
})

test.each([
  [['train', 'sample'], 'train'],
  [['--help', 'train'], 'train'],
  [['help', 'inspect'], 'inspect'],
  [['help'], undefined],
  [['--version'], undefined],
  [['fly', 'train'], undefined],
  [['constructor'], undefined],
  [[], undefined],
] as const)('of %j the command that is loaded is %s', (args, name) => {
  expect(askedFor(args)).toBe(name)
})

/** The files that a process loaded, by what Node wrote of their coverage. */
const loadedBy = async (folder: string, ...args: readonly string[]): Promise<readonly string[]> => {
  const log = join(folder, 'coverage')
  const { code, err } = await start(folder, args, { NODE_V8_COVERAGE: log }).ended
  expect([code, err]).toEqual([0, ''])
  return readdirSync(log).flatMap((name) => {
    const { result }: { readonly result: readonly { readonly url: string }[] } = JSON.parse(
      readFileSync(join(log, name), 'utf8'),
    )
    return result.flatMap(({ url }) => (url.startsWith('file:') ? [url] : []))
  })
}

test('--help loads a few files, and no library', () =>
  inFolder(async (folder) => {
    const loaded = await loadedBy(folder, '--help')
    expect(loaded.length).toBeGreaterThan(0)
    expect(loaded.length).toBeLessThanOrEqual(8)
    expect(loaded.filter((url) => !url.includes('/dist/'))).toEqual([])
  }))

test('inspect loads what it needs in few files, and no backend', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const loaded = await loadedBy(folder, 'inspect', 'ring.ts')
    expect(loaded.length).toBeLessThanOrEqual(80)
    expect(loaded.filter((url) => /onnxruntime|tensorflow/.test(url))).toEqual([])
  }))

test('help of one command is its own, however it is asked for', () =>
  inFolder(async (folder) => {
    const [after, before] = await Promise.all([saddle(folder, 'train', '--help'), saddle(folder, 'help', 'train')])
    expect(after.out).toContain('--save-every <N>')
    expect(before).toEqual(after)
  }))
