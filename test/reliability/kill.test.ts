import { expect, test } from 'vitest'
import { saddle, start } from '../cli/saddle.ts'
import { ringSource } from '../cli/specs.ts'
import { inFolder, put } from '../data/files.ts'
import { disturbed, moments, undisturbed } from './kill.ts'

test('a run that is killed again and again ends as one that is not', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const whole = await undisturbed(folder)
    const times = moments(4, whole)
    const { killed } = await disturbed(folder, 'killed', whole, times, 'SIGKILL')
    expect(killed).toBeGreaterThan(0)
  }))

test('two processes are never at work in one run; a killed one is no hindrance', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const running = start(folder, ['train', 'ring.ts', '--steps', '1000000', '--out', 'run', '--json'])
    await running.says('"progress"')
    const second = await saddle(folder, 'train', '--resume', '--out', 'run')
    expect(second.code).toBe(1)
    expect(second.err).toMatch(
      /^error: run: process \d+ on .+ is using it, and renewed its lock \d+ s ago\n {2}Wait until it ends, or stop it\./,
    )
    running.send('SIGKILL')
    await running.ended
    const third = await saddle(folder, 'train', '--resume', '--out', 'run', '--steps', '3', '--no-summary')
    expect(third.code, third.err).toBe(0)
  }))
