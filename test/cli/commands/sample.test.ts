import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sample as sampleCommand } from '../../../src/cli/commands/sample.ts'
import { trainRun } from '../../../src/storage/trainRun.ts'
import { inFolder, rightOf } from '../../data/files.ts'
import { conditional } from '../../run/conditional.ts'

const said = { out: '', err: '' }

beforeEach(() => {
  Object.assign(said, { out: '', err: '' })
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += text
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

/** The command in this process: its exit code, and what it said. */
const sample = async (...args: readonly string[]) => {
  Object.assign(said, { out: '', err: '' })
  const codes: number[] = []
  const program = new Command().exitOverride()
  sampleCommand({ name: 'sample', summary: '' }, program, (code) => codes.push(code))
  await program.parseAsync(['sample', ...args], { from: 'user' })
  return { code: codes[0], ...said }
}

const lines = async (path: string): Promise<readonly string[]> => (await readFile(path, 'utf8')).trim().split('\n')

test('samples of a class, of all classes, and of a truncated latent, each in a file of its own', () =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(conditional(), { out: run, backend: 'reference' }))
    const made = async (...args: readonly string[]) => {
      const { code, out, err } = await sample(run, '--count', '6', ...args)
      expect(err).toBe('')
      expect(code).toBe(0)
      return lines(out.trim())
    }
    const one = await made('--input', 'label=1')
    expect(one).toHaveLength(7)
    expect(await made('--input', 'label=0,1,0')).toEqual(one)
    const all = await made('--input', 'label=all')
    expect([all[2], all[5]]).toEqual([one[2], one[5]])
    expect(all[1]).not.toBe(one[1])
    const near = await made('--input', 'label=1', '--truncation', '1e-9')
    expect(await made('--input', 'label=1', '--input', 'x=0,0')).toHaveLength(7)
    const numbers = (line = '') => line.split(',').map(Number)
    for (const [i, value] of numbers(near[1]).entries()) expect(value).toBeCloseTo(numbers(near[6])[i] ?? Number.NaN, 6)
    expect((await readdir(join(run, 'samples'))).filter((name) => name.includes('count-6')).sort()).toEqual(
      [
        'step-1-seed-1-count-6-label-1.csv',
        'step-1-seed-1-count-6-label-given.csv',
        'step-1-seed-1-count-6-label-all.csv',
        'step-1-seed-1-count-6-label-1-truncation-1e-9.csv',
        'step-1-seed-1-count-6-label-1-x-given.csv',
      ].sort(),
    )
    expect(await sample(run, '--input', 'label=3')).toEqual({
      code: 1,
      out: '',
      err: 'error: input label: expected a class from 0 to 2, found 3\n  The inputs are x (2 numbers), label (a class from 0 to 2).\n',
    })
    expect(await sample(run, '--input', 'colour=3')).toMatchObject({
      code: 1,
      err: 'error: input colour: G has no such input\n  The inputs are x (2 numbers), label (a class from 0 to 2).\n',
    })
  }))

test.each([
  ['--input', 'label'],
  ['--input', 'label='],
  ['--input', 'label=red'],
  ['--input', '=3'],
  ['--truncation', '0'],
  ['--truncation', '-1'],
  ['--truncation', 'much'],
])('%s %s is refused', async (option, value) => {
  await expect(sample('run', option, value)).rejects.toThrow()
  expect(said.err).toMatch(option === '--input' ? /name=3/ : /Give a number above 0/)
})

test('a file that is there stays as it is, unless --force says otherwise', () =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(conditional(), { out: run, backend: 'reference' }))
    const path = join(folder, 'mine.csv')
    await writeFile(path, 'mine')
    expect(await sample(run, '--out', path)).toEqual({
      code: 1,
      out: '',
      err: `error: ${path}: it exists already, and was not changed\n  Choose another name, or add --force.\n`,
    })
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect(await sample(run, '--out', path, '--force', '--step', '0', '--count', '2')).toMatchObject({
      code: 0,
      err: '',
    })
    expect(await lines(path)).toHaveLength(3)
    await rm(join(run, 'samples'), { recursive: true })
    expect(await sample(run, '--count', '2')).toMatchObject({ code: 0, err: '' })
  }))
