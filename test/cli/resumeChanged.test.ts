import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../data/files.ts'
import { saddle } from './saddle.ts'
import { ringSource } from './specs.ts'

/** The small ring with a rate that falls over the whole game. */
const falling = ringSource
  .replace('relu, ring }', 'relu, ring, schedules }')
  .replace('const rate: { lr: number } = { lr: 1e-3 }', 'const rate = { lr: schedules.linear({ from: 1e-3 }) }')

test('a run is resumed with another rate, and to another number of steps only with --stretch', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'ring.ts'), falling)
    const train = (...args: readonly string[]) => saddle(folder, 'train', ...args, '--no-summary')
    const resume = ['--resume', '--out', 'runs/ring'] as const
    expect((await train('ring.ts')).code).toBe(0)

    const refused = await train(...resume, '--steps', '40')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('--stretch')
    const stretched = await train(...resume, '--steps', '40', '--stretch')
    expect(stretched.code, stretched.err).toBe(0)
    expect(stretched.err).toContain('from step 20 on: steps was 20, now it is 40')

    const set = ['--set', 'optimizers.generator.lr=1e-4'] as const
    const changed = await train(...resume, ...set, '--steps', '60', '--stretch', '--json')
    expect(changed.code, changed.err).toBe(0)
    expect(JSON.parse(changed.out.split('\n')[0] ?? '')).toMatchObject({
      type: 'started',
      step: 40,
      changes: [
        { path: ['optimizers', 'generator', 'lr'], after: 1e-4 },
        { path: ['steps'], before: 40, after: 60 },
      ],
    })
    const info = JSON.parse(await readFile(join(folder, 'runs/ring/run.json'), 'utf8'))
    expect(info.history.map(({ from }: { from: number }) => from)).toEqual([0, 20, 40])

    // The spec that the run was made with is no longer its own.
    const other = await train('ring.ts', ...resume)
    expect(other.code).toBe(1)
    expect(other.err).toContain(
      "SPEC is not the run's own: optimizers.generator.lr was 0.0001, now it is 0.001 − 0.001 · progress",
    )
    expect((await train('ring.ts', '--stretch')).code).toBe(2)
  }))

test('a rate that turns is refused before the run has a folder, with the step at which it does', () =>
  inFolder(async (folder) => {
    const turning = ringSource
      .replace('import { adam', 'import { div, mul, step, sub, adam')
      .replace('{ lr: number } = { lr: 1e-3 }', '{ lr: any } = { lr: mul(1e-3, sub(1, div(step, 8))) }')
    await writeFile(join(folder, 'ring.ts'), turning)
    const { code, err } = await saddle(folder, 'train', 'ring.ts')
    expect(code).toBe(1)
    expect(err).toContain('optimizers.generator.lr: expected a learning rate of at least 0 at every step')
    expect(err).toContain('found -0.000125 at step 9 of 20')
    expect((await saddle(folder, 'sample', 'runs/ring')).code).toBe(1)
  }))
