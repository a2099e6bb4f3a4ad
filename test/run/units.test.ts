import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeNpy } from '../../src/data/npy.ts'
import type { Scale } from '../../src/dsl/sources/scale.ts'
import {
  csv,
  dense,
  gan,
  input,
  losses,
  normal,
  penalties,
  pipe,
  relu,
  sgd,
  tanh,
  type View,
  views,
} from '../../src/index.ts'
import { scaleOfSamples } from '../../src/run/units.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { encodeSamples } from '../../src/storage/sampleFile.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, put, right, rightOf } from '../data/files.ts'

const scale: Scale = {
  from: [
    [0, 10],
    [1_700_000_000, 1_700_000_004],
  ],
  to: [-1, 1],
}

const table = 'height,time\n0,1700000000\n10,1700000004\n5,1700000001\n'

const spec = (shown: readonly View[] = []): GameSpec =>
  gan({
    generator: pipe(input([2]), dense(2), tanh),
    discriminator: pipe(input([2]), dense(4), relu, dense(1)),
    latent: normal([2]),
    data: csv({ path: 'data.csv', columns: ['height', 'time'], range: [-1, 1] }),
    loss: losses.nonSaturating,
    penalties: [penalties.r1({ weight: 1 })],
    views: shown,
    optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
    batch: 2,
    steps: 4,
    seed: 1,
  })

test('samples of a run are in the units of its file, without the file too, and the same when it was resumed', () =>
  inFolder(async (folder) => {
    const path = await put(folder, 'data.csv', table)
    const options = { baseDirectory: folder, backend: 'reference' }
    const run = join(folder, 'run')
    await rightOf(trainRun(spec(), { ...options, out: run, saveEvery: 2 }))
    const half = join(folder, 'half')
    await rightOf(trainRun({ ...spec(), steps: 2 }, { ...options, out: half, saveEvery: 2 }))
    await rightOf(resumeRun(half, spec(), options))
    const scalesIn = async (of: string) => JSON.parse(await readFile(join(of, 'run.json'), 'utf8')).scales
    expect(await scalesIn(half)).toEqual({ data: scale })
    expect(await scalesIn(run)).toEqual({ data: scale })
    await rm(path)
    const sampled = await rightOf(sampleRun(run, { count: 20 }))
    expect(sampled.scale).toEqual(scale)
    const { samples, game } = sampled
    const lines = String(right(encodeSamples(samples, game, 'csv', sampled.scale)))
      .trim()
      .split('\n')
      .slice(1)
    expect(new Set(lines.map((line) => line.split(',')[1])).size).toBeGreaterThan(10)
    for (const [i, line] of lines.entries()) {
      const [height = Number.NaN, time = Number.NaN] = line.split(',').map(Number)
      expect(height).toBeCloseTo(5 + 5 * (samples.values[2 * i] ?? Number.NaN), 5)
      expect(time).toBeCloseTo(1_700_000_002 + 2 * (samples.values[2 * i + 1] ?? Number.NaN), 5)
    }
    const bytes = right(encodeSamples(samples, game, 'npy', sampled.scale))
    const array = right(decodeNpy({ path: '', bytes: typeof bytes === 'string' ? new Uint8Array() : bytes }))
    expect(array.type).toBe('f64')
    expect([...array.values].map((x) => x.toFixed(4))).toEqual(
      lines.flatMap((line) => line.split(',').map((x) => Number(x).toFixed(4))),
    )
  }))

test('the way back is that of the data which samples stand in for', () => {
  const scales = { data: scale }
  expect(scaleOfSamples(spec(), scales, [2])).toEqual(scale)
  expect(scaleOfSamples(spec([views.instanceNoise({ std: 0.1 })]), scales, [2])).toEqual(scale)
  expect(scaleOfSamples(spec(), {}, [2])).toBeUndefined()
  expect(scaleOfSamples(spec(), scales, [3])).toBeUndefined()
})
