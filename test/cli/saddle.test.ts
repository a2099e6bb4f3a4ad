import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder, put } from '../data/files.ts'
import { saddle, start } from './saddle.ts'
import { ringSource } from './specs.ts'

const commands = ['train', 'sample', 'inspect', 'backends', 'compare', 'reproduce', 'init']

test('help is on stdout, for all and for each; wrong usage is on stderr and ends with 2', () =>
  inFolder(async (folder) => {
    const helps = await Promise.all(
      [[], ...commands.map((name) => [name])].map((args) => saddle(folder, ...args, '--help')),
    )
    for (const { code, out, err } of helps) {
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('Usage: saddle')
      expect(out).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage')
    }
    for (const name of commands) expect(helps[0]?.out).toContain(`\n  ${name} `)
    const wrong = [
      [],
      ['fly'],
      ['train', '--fly'],
      ['train', 'a.ts', '--steps', '-1'],
      ['train', 'a.ts', '--backend', 'abacus'],
      ['train', 'a.ts', '--set', 'batch'],
      ['train', 'a.ts', '--resume', '--from', 'b'],
      ['train', 'a.ts', '--json', '--quiet'],
      ['sample'],
      ['sample', 'runs/a', '--out', 'a.gif'],
      ['sample', 'runs/a', '--input', 'label=x'],
      ['inspect'],
      ['init', 'a.json'],
    ]
    for (const ended of await Promise.all(wrong.map((args) => saddle(folder, ...args)))) {
      expect(ended).toMatchObject({ code: 2, out: '' })
      expect(ended.err).not.toBe('')
    }
    expect(await readdir(folder)).toEqual([])
  }))

test('from nothing to samples: init, train, sample, and a run that starts from it', () =>
  inFolder(async (folder) => {
    expect(await saddle(folder, 'init', 'mine')).toMatchObject({ code: 0, out: 'mine.ts\n' })
    const kept = await saddle(folder, 'init', 'mine.ts')
    expect(kept.code).toBe(1)
    expect(kept.err).toBe('error: mine.ts: it is there already, and stays as it is\n  Choose another name.\n')
    const set = ['--set', 'batch=64', '--set', 'optimizers.generator.lr=5e-4']
    const trained = await saddle(
      folder,
      'train',
      'mine.ts',
      '--steps',
      '60',
      '--seed',
      '7',
      '--threads',
      '1',
      '--summary-steps',
      '20',
      ...set,
    )
    expect(trained.code, trained.err).toBe(0)
    expect(trained.err).toMatch(/35,971 parameters, onnx .* on CPU, 1 thread, 60 steps\n/)
    expect(trained.err).toMatch(/step 60\/60 {2}discriminator \d.* steps\/s/)
    expect(trained.out).toMatch(/modes found +\d of 8 by 2,500 samples, \d+\.\d % of them of high quality\n/)
    expect(trained.out).toMatch(/V of the best reply .* trained anew for 20 steps/)
    expect(trained.out).toContain('run      runs/mine\npicture  runs/mine/picture.png\n')
    const spec = JSON.parse(await readFile(join(folder, 'runs', 'mine', 'spec.json'), 'utf8')) as Record<
      string,
      unknown
    >
    expect(spec).toMatchObject({ batch: 64, steps: 60, seed: 7, optimizers: { generator: { lr: 5e-4 } } })
    expect((await stat(join(folder, 'runs', 'mine', 'picture.png'))).size).toBeGreaterThan(1000)
    const csv = await saddle(folder, 'sample', 'runs/mine', '--count', '3', '--seed', '7', '--out', 'a.csv')
    expect(csv, csv.err).toMatchObject({ code: 0, out: 'a.csv\n' })
    const samples = await readFile(join(folder, 'runs', 'mine', 'samples', 'step-00000060.csv'), 'utf8')
    expect(samples.startsWith(await readFile(join(folder, 'a.csv'), 'utf8'))).toBe(true)
    const png = await saddle(folder, 'sample', 'runs/mine', '--out', 'a.png')
    expect([png.code, png.err]).toEqual([
      1,
      'error: samples: expected images or sequences for a PNG, found samples of shape [2]\n  Use .csv or .npy.\n',
    ])
    const second = await saddle(
      folder,
      'train',
      'mine.ts',
      '--steps',
      '1',
      '--from',
      'runs/mine',
      '--json',
      '--no-summary',
    )
    const events = second.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string })
    expect(events.map(({ type }) => type)).toEqual(
      'started samples checkpoint progress samples checkpoint stopped'.split(' '),
    )
    expect(events.at(-2)).toEqual({
      type: 'checkpoint',
      step: 1,
      path: 'runs/mine-2/checkpoints/step-00000001.safetensors',
    })
    expect(second.err).toBe('')
  }))

test('what inspect says: in words, in LaTeX, as JSON, as a program', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const said = async (...args: readonly string[]) => {
      const { code, out, err } = await saddle(folder, 'inspect', 'ring.ts', ...args)
      expect([code, err]).toEqual([0, ''])
      return out
    }
    const [words, latex, json, program] = await Promise.all([
      said(),
      said('--latex'),
      said('--json'),
      said('--program'),
    ])
    expect(words).toContain('Network D: x [2] → [1], 65 parameters\n')
    expect(words).toContain(
      'discriminator maximises over D (adam, lr 0.001, beta1 0.9, beta2 0.999, epsilon 1e-8)\n    𝔼[log σ(D(x))] + 𝔼[log(1 − σ(D(G(z))))]\n',
    )
    expect(words).toMatch(/optimal D\* .*log\(p \/ q\)\n/)
    expect(words).toMatch(/value at equilibrium +−log 4 = -1\.38629\n/)
    expect(words).toMatch(/divergence +Jensen–Shannon\n/)
    expect(latex).toContain('\\mathbb{E}\\left[\\log \\sigma(D(x))\\right]')
    expect(latex).toContain('\\mathbb{E}_{\\mathrm{data}}\\left[\\log \\sigma(t)\\right]')
    expect(JSON.parse(json)).toMatchObject({
      networks: [
        { name: 'D', count: 65 },
        { name: 'G', count: 114 },
      ],
      batch: 32,
    })
    expect(program).toMatch(/^draw .*\n(.*\n)*metric generator = %\d+\n$/)
  }))

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a run within a second, and it goes on from there',
  (signal) =>
    inFolder(async (folder) => {
      await put(folder, 'ring.ts', ringSource)
      const running = start(folder, ['train', 'ring.ts', '--steps', '1000000', '--json', '--save-every', '1000000'])
      await running.says('"progress"')
      const asked = performance.now()
      running.send(signal)
      const { code, err, out } = await running.ended
      expect(performance.now() - asked).toBeLessThan(1000)
      const step = Number(
        /interrupted at step (\d+) of 1000000; to continue:\n {2}saddle train --resume --out runs\/ring\n/.exec(
          err,
        )?.[1],
      )
      expect(code).toBe(130)
      expect(out).toContain(`{"type":"stopped","step":${step},"steps":1000000,"reason":"interrupted"}`)
      const resumed = await saddle(
        folder,
        'train',
        '--resume',
        '--out',
        'runs/ring',
        '--steps',
        `${step + 5}`,
        '--no-summary',
      )
      expect(resumed.code, resumed.err).toBe(0)
      const log = await readFile(join(folder, 'runs', 'ring', 'metrics.jsonl'), 'utf8')
      expect(log).toMatch(/^(\{"step":\d+,.*\}\n)*$/)
    }),
)

test('a second Ctrl-C quits at once', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const running = start(folder, ['train', 'ring.ts', '--steps', '1000000', '--json'])
    await running.says('"progress"')
    running.send('SIGINT')
    running.send('SIGINT')
    expect((await running.ended).code).toBe(130)
  }))

test('what fails says so on stderr, without a stack, and ends with 1', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    await put(folder, 'broken.ts', 'throw new Error("no game today")')
    await mkdir(join(folder, 'full'))
    await put(join(folder, 'full'), 'notes.txt', 'mine')
    await put(folder, 'file', '')
    const ended = await Promise.all(
      [
        ['train', 'none.ts'],
        ['train', 'broken.ts'],
        ['train', 'ring.ts', '--out', 'full'],
        ['train', 'ring.ts', '--out', 'file/run'],
        ['train', 'ring.ts', '--resume'],
        ['train', 'ring.ts', '--set', 'size=3'],
        ['sample', 'full'],
        ['inspect', 'broken.ts'],
      ].map((args) => saddle(folder, ...args)),
    )
    for (const { code, out, err } of ended) {
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/^error: .+\n {2}.+\n$/)
      expect(err).not.toMatch(/^ +at /m)
    }
    expect(await readdir(join(folder, 'full'))).toEqual(['notes.txt'])
    expect(existsSync(join(folder, 'runs'))).toBe(false)
    const debugged = await start(folder, ['train', 'broken.ts'], { SADDLE_DEBUG: '1' }).ended
    expect(debugged.err).toMatch(/^ +at /m)
  }))

test('a damaged checkpoint: named, the one before it offered and taken', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const made = await saddle(folder, 'train', 'ring.ts', '--save-every', '10', '--no-summary')
    expect(made.code, made.err).toBe(0)
    await truncate(join(folder, 'runs', 'ring', 'checkpoints', 'step-00000020.safetensors'), 100)
    const refused = await saddle(folder, 'train', 'ring.ts', '--resume', '--quiet')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('--resume-from 10')
    expect((await saddle(folder, 'train', 'ring.ts', '--resume-from', '10', '--no-summary')).code).toBe(0)
  }))
