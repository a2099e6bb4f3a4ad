import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { warningsWithLines } from '../../../src/cli/source/withLines.ts'
import { showSpecWarning, specWarning } from '../../../src/errors/warnings.ts'
import { inFolder, put } from '../../data/files.ts'
import { saddle } from '../saddle.ts'
import { ringSource } from '../specs.ts'

/** A game of two players as a user would write it, in which nothing is wrong. */
const gameSource = `import { adam, alternating, dense, E, game, input, maximise, network, normal, pipe, relu, ring, sample, source, sub } from 'saddlepoint'

const G = network('G', pipe(input([4]), dense(16), relu, dense(2)))
const D = network('D', pipe(input([2]), dense(16), relu, dense(1)))
const F = network('F', pipe(input([2]), dense(16), relu, dense(1)))
const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([4]))
const fake = G(sample(latent))
const rate = { lr: 1e-3, beta1: 0.5 }

export default game({
  networks: { G, D },
  sources: { data, latent },
  players: {
    discriminator: maximise(sub(E(D(sample(data))), E(D(fake))), 'D'),
    generator: maximise(E(D(fake)), 'G'),
  },
  dynamics: alternating({
    discriminator: 1,
    generator: 1,
  }),
  optimizers: {
    discriminator: adam({ lr: 1e-3 }),
    generator: adam(rate),
  },
  batch: 32,
  steps: 20,
  seed: 1,
})
`

interface Wrong {
  readonly source: string
  readonly right: string
  readonly wrong: string
  /** What stands on the line that is named. */
  readonly on: string
  readonly message: string
}

const wrongs: { readonly [mistake: string]: Wrong } = {
  'shapes that do not fit in a gan': {
    source: ringSource,
    right: 'latent: normal([4])',
    wrong: 'latent: normal([5])',
    on: 'gan({',
    message: 'players.discriminator.objective, in G(z): expected [4]',
  },
  'a network that the game lacks': {
    source: gameSource,
    right: 'E(D(fake)), ',
    wrong: 'E(F(fake)), ',
    on: 'E(F(fake)), ',
    message: 'players.generator.objective, in F(',
  },
  'an option of an optimizer out of its range': {
    source: gameSource,
    right: 'beta1: 0.5',
    wrong: 'beta1: 1.5',
    on: 'const rate',
    message: 'optimizers.generator.beta1: expected',
  },
  'a source that lacks a field': {
    source: gameSource,
    right: "source('data', ring({ modes: 8, radius: 2, std: 0.02 }))",
    wrong: "{ named: 'data', source: { type: 'ring', modes: 8, radius: 2 } } as any",
    on: 'const data',
    message: 'sources.data.std: expected',
  },
  'a count of 0 in the dynamics': {
    source: gameSource,
    right: 'discriminator: 1,',
    wrong: 'discriminator: 0,',
    on: 'discriminator: 0,',
    message: 'dynamics.counts.discriminator: expected',
  },
}

const lineWith = (text: string, part: string): number => text.split('\n').findIndex((each) => each.includes(part)) + 1

test.each(Object.entries(wrongs))('%s: the line that says so is named', (_, { source, right, wrong, on, message }) =>
  inFolder(async (folder) => {
    const text = source.replace(right, wrong)
    expect(text).not.toBe(source)
    const line = lineWith(text, on)
    expect(line).toBeGreaterThan(0)
    await put(folder, 'spec.ts', text)
    const { code, out, err } = await saddle(folder, 'train', 'spec.ts', '--json')
    expect([code, err]).toEqual([1, expect.stringContaining(`spec.ts:${line}: ${message}`)])
    const said = { file: 'spec.ts', line }
    expect(JSON.parse(out)).toMatchObject({
      type: 'error',
      message: expect.stringContaining(`spec.ts:${line}: ${message}`),
      error: { type: 'InvalidSpec', place: { source: said }, errors: expect.arrayContaining([expect.anything()]) },
    })
    const { error } = JSON.parse(out) as { error: { errors: readonly { source?: unknown }[] } }
    expect(error.errors.map((each) => each.source)).toEqual(error.errors.map(() => said))
  }),
)

const badCount = gameSource.replace('discriminator: 1,', 'discriminator: 0,')
const message = 'error: dynamics.counts.discriminator: expected a whole number above 0, found 0'

test('every command that reads a spec names the line', () =>
  inFolder(async (folder) => {
    await put(folder, 'spec.ts', badCount)
    for (const args of [['inspect'], ['trace'], ['compare', '--backends', 'reference']]) {
      const { err } = await saddle(folder, ...args, 'spec.ts')
      expect(err).toContain(`error: spec.ts:${lineWith(badCount, 'discriminator: 0')}: dynamics.counts.discriminator`)
    }
  }))

test('a spread that may hold the mistake: no line is named', () =>
  inFolder(async (folder) => {
    const text = badCount.replace(/dynamics: (alternating\(\{[^}]*\}\)),/, '...{ dynamics: $1 },')
    expect(text).toContain('...{ dynamics')
    await put(folder, 'spec.ts', text)
    const { code, err } = await saddle(folder, 'inspect', 'spec.ts')
    expect([code, err.startsWith(`${message}\n`)]).toEqual([1, true])
  }))

test('a mistake that --set makes is on no line of the file', () =>
  inFolder(async (folder) => {
    await put(folder, 'spec.ts', gameSource)
    const { err } = await saddle(folder, 'train', 'spec.ts', '--set', 'networks.D.nodes.1.layer.units=0')
    expect(err).toContain('error: networks.D.nodes.1.layer.units: expected')
    expect(err).not.toContain('spec.ts:')
  }))

test('a spec in JSON has no lines', () =>
  inFolder(async (folder) => {
    await put(folder, 'spec.ts', ringSource)
    const { code } = await saddle(folder, 'train', 'spec.ts', '--steps', '0', '--no-summary', '--out', 'run')
    expect(code).toBe(0)
    const spec = await readFile(join(folder, 'run', 'spec.json'), 'utf8')
    await put(folder, 'spec.json', spec.replace(/"batch":\s*32/, '"batch": 0'))
    const { err } = await saddle(folder, 'inspect', 'spec.json')
    expect(err).toContain('error: batch: expected a whole number above 0, found 0')
  }))

test('a warning names the line too, and stands as it is where the program is gone or there is none', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'game.ts')
    await put(folder, 'game.ts', gameSource)
    const warning = specWarning(['sources', 'data'], 'its numbers are large', 'Bring them to [-1, 1].')
    const line = lineWith(gameSource, 'const data')
    expect(warningsWithLines(file, [warning])).toEqual([{ ...warning, source: { file, line } }])
    expect(showSpecWarning({ ...warning, source: { file, line } })).toContain(`game.ts:${line}: sources.data: `)
    expect(warningsWithLines(undefined, [warning])).toEqual([warning])
    expect(warningsWithLines(join(folder, 'gone.ts'), [warning])).toEqual([warning])
  }))
