import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inFolder } from '../data/files.ts'
import {
  checkpoints,
  dataFiles,
  type Fates,
  meetCheckpoint,
  meetData,
  meetSpec,
  specs,
} from '../reliability/hostile.ts'

const hour = 60 * 60_000

/** Bytes that the process holds beyond what it held at first. */
const growth = (before: number): number => process.memoryUsage().rss - before

test(
  '20,000 specs',
  async () => {
    const fates: Fates = { refused: 0, compiled: 0, trained: 0, diverged: 0 }
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(specs, (json) => meetSpec(json, fates)),
      { numRuns: 20_000 },
    )
    const { refused, compiled, trained, diverged } = fates
    console.log(
      `${refused} specs refused, ${compiled} compiled, ${trained} of them played, ${diverged} diverged; ${Math.round(growth(before) / 1e6)} MB more`,
    )
    expect(growth(before)).toBeLessThan(1e9)
  },
  hour,
)

test(
  '15,000 checkpoints',
  () => {
    fc.assert(fc.property(checkpoints, meetCheckpoint), { numRuns: 15_000 })
  },
  hour,
)

test(
  '15,000 data files',
  () =>
    inFolder(async (folder) => {
      let read = 0
      await fc.assert(
        fc.asyncProperty(dataFiles, async (file) => {
          if (await meetData(folder, file)) read++
        }),
        { numRuns: 15_000 },
      )
      console.log(`${read} of 15000 data files still gave samples, the others were refused`)
    }),
  hour,
)
