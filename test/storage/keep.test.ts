import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isKept } from '../../src/storage/checkpointFolder.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'
import { contents } from '../reliability/contents.ts'
import { smallRing } from '../run/ring.ts'

const game = { ...smallRing, steps: 50 }
const longer = { ...smallRing, steps: 70 }
const options = { saveEvery: 10, threads: 1 }

const steps = async (run: string): Promise<readonly number[]> =>
  (await readdir(join(run, 'checkpoints'))).sort().map((name) => Number(/\d+/.exec(name)?.[0]))

test('of regular checkpoints the newest ones stay, as many as are to be kept, and the newest of all', () => {
  const saveEvery = fc.integer({ min: 1, max: 20 })
  const keep = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant('all' as const))
  fc.assert(
    fc.property(saveEvery, keep, fc.nat(300), (saveEvery, keep, newest) => {
      const all = Array.from({ length: newest + 50 }, (_, step) => step)
      const kept = all.filter((step) => isKept(step, newest, { saveEvery, keep }))
      const regular = all.filter((step) => step < newest && step % saveEvery === 0)
      expect(kept).toEqual([...(keep === 'all' ? regular : keep === 1 ? [] : regular.slice(1 - keep)), newest])
    }),
  )
})

test.each([
  [undefined, [40, 50], [60, 70]],
  [1, [50], [70]],
  [3, [30, 40, 50], [50, 60, 70]],
  ['all', [0, 10, 20, 30, 40, 50], [0, 10, 20, 30, 40, 50, 60, 70]],
] as const)('keep %s: so many stay, also in a run that goes on', (keep, before, after) =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(game, { ...options, out: run, ...(keep !== undefined && { keep }) }))
    expect(await steps(run)).toEqual(before)
    await rightOf(resumeRun(run, longer))
    expect(await steps(run)).toEqual(after)
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8')).keep).toBe(keep)
  }),
)

test('samples come from any checkpoint that is kept: those that the run drew at that step', () =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(game, { ...options, out: run, keep: 'all' }))
    for (const step of [0, 20, 50]) {
      const made = await rightOf(sampleRun(run, { step, count: 3 }))
      expect(made.step).toBe(step)
      const drawn = await readFile(join(run, 'samples', `step-000000${`${step}`.padStart(2, '0')}.csv`), 'utf8')
      const numbers = drawn
        .split('\n')
        .slice(1, 4)
        .flatMap((line) => line.split(',').map(Number))
      expect(
        [...made.samples.values].map((x, i) => x - (numbers[i] ?? Number.NaN)).every((d) => Math.abs(d) < 1e-6),
      ).toBe(true)
    }
    expect(await leftOf(sampleRun(run, { step: 25 }))).toMatchObject({
      message: 'there is no checkpoint of step 25',
      hint: 'It has checkpoints of steps 50, 40, 30, 20, 10, 0.',
    })
  }))

test('checkpoints that the time saves in between change no number and leave nothing behind', () =>
  inFolder(async (folder) => {
    const [plain, timed] = [join(folder, 'plain'), join(folder, 'timed')]
    const saved: number[] = []
    const onEvent = ({ type, step }: { readonly type: string; readonly step: number }): void => {
      if (type === 'checkpoint') saved.push(step)
    }
    await rightOf(trainRun(game, { ...options, out: plain, onEvent }))
    expect(saved).toEqual([0, 10, 20, 30, 40, 50])
    saved.length = 0
    await rightOf(trainRun(game, { ...options, out: timed, onEvent, saveSeconds: 0 }))
    expect(saved.length).toBeGreaterThan(6)
    expect(await contents(timed)).toEqual(await contents(plain))
  }))
