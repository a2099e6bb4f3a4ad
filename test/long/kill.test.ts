import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { saddle } from '../cli/saddle.ts'
import { ringSource } from '../cli/specs.ts'
import { inFolder, put } from '../data/files.ts'
import { disturbed, killSampling, moments, type Tally, undisturbed } from '../reliability/kill.ts'

const perRun = 5

const all = async (count: number, signal: NodeJS.Signals): Promise<Tally> => {
  let total: Tally = { killed: 0, early: 0, slowest: 0 }
  await inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const whole = await undisturbed(folder)
    const times = moments(4 * count, whole)
    for (let i = 0; total.killed < count; i++) {
      const { killed, early, slowest } = await disturbed(
        folder,
        `run-${i}`,
        whole,
        times.slice(perRun * i, perRun * (i + 1)),
        signal,
      )
      await rm(join(folder, 'runs', `run-${i}`), { recursive: true })
      total = { killed: total.killed + killed, early: total.early + early, slowest: Math.max(total.slowest, slowest) }
    }
  })
  return total
}

test(
  'kill -9 at 200 moments of starting, training and checkpointing',
  async () => {
    const { killed, early } = await all(200, 'SIGKILL')
    console.log(`${killed} processes killed, ${early} of them before their first checkpoint; nothing else was lost`)
    expect(killed).toBeGreaterThanOrEqual(200)
  },
  60 * 60_000,
)

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s at 20 moments: the end within a second, with a checkpoint',
  async (signal) => {
    const { killed, slowest } = await all(20, signal)
    console.log(`${killed} processes ended by ${signal}, the slowest after ${slowest.toFixed(2)} s`)
    expect(slowest).toBeLessThan(1)
  },
  30 * 60_000,
)

test(
  'kill -9 at 50 moments of sampling',
  () =>
    inFolder(async (folder) => {
      await put(folder, 'ring.ts', ringSource)
      const whole = await undisturbed(folder)
      const began = performance.now()
      const made = await saddle(folder, 'sample', 'runs/whole', '--count', '5000', '--out', 'whole.csv')
      expect(made.code, made.err).toBe(0)
      const span = performance.now() - began
      const expected = await readFile(join(folder, 'whole.csv'), 'utf8')
      let killed = 0
      for (let i = 0; killed < 50; i++) {
        const milliseconds = span * (0.3 + 0.75 * ((i * 0.618034) % 1))
        if (await killSampling(folder, whole, expected, { after: 'launch', milliseconds })) killed++
      }
      console.log(`${killed} processes killed while they sampled`)
    }),
  30 * 60_000,
)
