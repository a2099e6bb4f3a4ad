import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder, put } from '../data/files.ts'
import { saddle, start } from './saddle.ts'
import { ringSource } from './specs.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Its compilation takes many seconds. */
const longCompiled = ringSource.replace(
  'seed: 1,',
  "seed: 1,\n  dynamics: { type: 'alternating', counts: { discriminator: 999, generator: 1 } },",
)

/** Says that it is at work, and then keeps the thread that would hear a signal. */
const busy = `process.stderr.write('at work\\n')\nfor (const end = Date.now() + 50_000; Date.now() < end; );`

interface Case {
  readonly spec: string
  readonly args: readonly string[]
  /** What it says when the phase begins. */
  readonly says: string
}

const phases: { readonly [phase: string]: Case } = {
  'the spec is loaded': { spec: `${busy}\nexport default 1`, args: ['train', 'ring.ts'], says: 'at work' },
  'the game is compiled': {
    spec: `${longCompiled}\nprocess.stderr.write('at work\\n')\n`,
    args: ['train', 'ring.ts'],
    says: 'at work',
  },
  'the game is inspected': {
    spec: `${longCompiled}\nprocess.stderr.write('at work\\n')\n`,
    args: ['inspect', 'ring.ts'],
    says: 'at work',
  },
  'backends are compared': {
    spec: ringSource,
    args: ['compare', 'ring.ts', '--backends', 'onnx,tfjs-cpu', '--steps', '20000', '--threads', '1'],
    says: 'onnx',
  },
  'a step is traced': {
    spec: `${ringSource}\nprocess.stderr.write('at work\\n')\n`,
    args: ['trace', 'ring.ts', '--step', '1000000'],
    says: 'at work',
  },
}

test.each(Object.entries(phases))('a signal ends the command within a second while %s', (_, { spec, args, says }) =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', spec)
    await Promise.all(
      signals.map(async (signal) => {
        const running = start(folder, args)
        await running.says(says)
        await pause(500)
        const asked = performance.now()
        running.send(signal)
        const { code } = await running.ended
        expect(performance.now() - asked, signal).toBeLessThan(1000)
        // The signal itself has ended it.
        expect(code).toBe(null)
      }),
    )
    expect(await readdir(folder)).toEqual(['ring.ts'])
  }),
)

test('a signal ends the picture and the summary within a second, and the run stays saved', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    for (const milliseconds of [0, 200, 1000]) {
      const out = `runs/after-${milliseconds}`
      const args = ['train', 'ring.ts', '--out', out, '--steps', '2', '--set', 'batch=512', '--backend', 'reference']
      const running = start(folder, args)
      await running.says(`saved in ${out}; measuring what it has learned ...\n`)
      await pause(milliseconds)
      const asked = performance.now()
      running.send('SIGINT')
      const { code } = await running.ended
      expect(performance.now() - asked).toBeLessThan(1000)
      expect(code).toBe(null)
      const resumed = await saddle(folder, 'train', '--resume', '--out', out, '--steps', '3', '--no-summary')
      expect(resumed.code, resumed.err).toBe(0)
      expect(resumed.err).toContain('from step 2 to 3')
    }
  }))

test('a signal ends sampling within a second, and leaves no file', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const made = await saddle(folder, 'train', 'ring.ts', '--no-summary', '--threads', '1')
    expect(made.code, made.err).toBe(0)
    const running = start(folder, ['sample', 'runs/ring', '--count', '4000000', '--out', 'many.csv'])
    await pause(1500)
    const asked = performance.now()
    running.send('SIGINT')
    expect((await running.ended).code).toBe(null)
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(existsSync(join(folder, 'many.csv'))).toBe(false)
  }))

test('a signal between two trials of a table keeps those that are done', () =>
  inFolder(async (folder) => {
    const running = start(folder, ['reproduce', 'dirac-gan', '--threads', '1'])
    await running.says('(3 of ')
    running.send('SIGTERM')
    const { code } = await running.ended
    // Heard while it trains, and at once while it compiles or measures.
    expect([130, null]).toContain(code)
    const kept = JSON.parse(await readFile(join(folder, 'reproductions', 'dirac-gan.json'), 'utf8')) as {
      readonly trials: readonly unknown[]
    }
    expect(kept.trials.length).toBeGreaterThanOrEqual(2)
  }))
