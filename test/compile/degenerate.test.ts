import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { compile } from '../../src/compile/compile.ts'
import {
  add,
  alternating,
  batchNorm,
  concat,
  conditionalBatchNorm,
  crossEntropy,
  dense,
  flow,
  game,
  gan,
  gaussian,
  input,
  instanceNorm,
  type Loss,
  leakyRelu,
  losses,
  E as mean,
  minimise,
  network,
  normal,
  type Penalty,
  penalties,
  pipe,
  relu,
  reshape,
  residual,
  ring,
  sample,
  sgd,
  share,
  softmax,
  source,
} from '../../src/index.ts'
import { train } from '../../src/run/train.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { left, right, rightOf } from '../data/files.ts'

const rate = sgd({ lr: 0.1 })
const optimizers = { generator: rate, discriminator: rate }
const play = { optimizers, steps: 2, seed: 1 }
const data = ring({ modes: 4, radius: 1, std: 0.1 })

const features = pipe(input([2]), dense(4), leakyRelu(0.2), dense(3))
const withLoss = (loss: Loss, batch: number, options: { readonly penalties?: readonly Penalty[] } = {}): GameSpec =>
  gan({
    generator: pipe(input([3]), dense(2)),
    discriminator: features,
    latent: normal([3]),
    data,
    loss,
    batch,
    ...options,
    ...play,
  })

const plain = (batch: number, discriminator = pipe(input([2]), dense(4), relu, dense(1))) => ({
  discriminator,
  latent: normal([3]),
  data,
  loss: losses.nonSaturating,
  batch,
  ...play,
})

const warningsOf = (spec: GameSpec): readonly string[] =>
  right(compile(spec)).warnings.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('a network all of whose outputs are constant', () => {
  test.each([
    ['batch norm of a vector at batch 1', pipe(input([3]), dense(4), batchNorm, relu, dense(2)), 1],
    ['instance norm of one pixel', pipe(input([3]), reshape([1, 1, 3]), instanceNorm, reshape([3]), dense(2)), 8],
    ['a softmax of one', pipe(input([3]), dense(1), softmax, dense(2)), 8],
  ])('is refused: %s', async (_, generator, batch) => {
    const spec = gan({ ...plain(batch), generator })
    const [error, ...more] = left(compile(spec)).errors
    expect(more).toEqual([])
    expect(error).toMatchObject({ expected: 'G to depend on its inputs' })
    expect(error.path.slice(0, 3)).toEqual(['networks', 'G', 'nodes'])
  })

  test('is not refused at a batch of two or more, nor with more pixels', () => {
    const normed = gan({ ...plain(3), generator: pipe(input([3]), dense(4), batchNorm, relu, dense(2)) })
    expect(warningsOf(normed)).toEqual([])
    const pixels = pipe(input([3]), dense(16), reshape([4, 4, 1]), batchNorm, reshape([16]), dense(2))
    expect(warningsOf(gan({ ...plain(1), generator: pixels }))).toEqual([])
  })
})

describe('a layer that loses what it reads beside others that do not', () => {
  test('is a warning at its place: a residual around it still trains', () => {
    const generator = pipe(input([3]), dense(4), residual(flow(batchNorm, dense(4))), dense(2))
    expect(warningsOf(gan({ ...plain(1), generator }))).toEqual([
      'networks.G.nodes.2.layer: G/2.batchNorm normalises each number by itself, so its result is always 0, and no gradient passes',
    ])
  })

  test('is a warning where a label goes around it', () => {
    const generator = pipe(
      input([3], 'z'),
      dense(2),
      share((h) => conditionalBatchNorm(h, input([2], 'label'))),
    )
    const [G, D] = [network('G', generator), network('D', pipe(concat(input([2]), input([2], 'label')), dense(1)))]
    const from = source('data', ring({ modes: 2, radius: 1, std: 0.1, labels: true }))
    const { x, label } = sample(from)
    const fake = G({ z: sample(source('latent', normal([3]))), label })
    const spec = game({
      networks: { G, D },
      sources: { data: from, latent: source('latent', normal([3])) },
      players: {
        D: minimise(add(mean(D({ x: fake, label })), mean(D({ x, label }))), 'D'),
        G: minimise(mean(D({ x: fake, label })), 'G'),
      },
      dynamics: alternating({ D: 1, G: 1 }),
      optimizers: { D: rate, G: rate },
      batch: 1,
      steps: 1,
      seed: 1,
    })
    expect(warningsOf(spec)).toHaveLength(1)
    expect(warningsOf(spec)[0]).toContain('batchNorm normalises each number by itself')
    expect(warningsOf({ ...spec, batch: 4 })).toEqual([])
  })
})

describe('an objective', () => {
  const refused = (spec: GameSpec) => left(compile(spec)).errors.map(({ path, found, hint }) => ({ path, found, hint }))

  test.each([
    ['an unbiased MMD', losses.mmd()],
    ['an unbiased energy distance', losses.energyDistance()],
  ])('is refused at batch 1 where it is NaN: %s', async (_, loss) => {
    const problems = refused(withLoss(loss, 1))
    expect(problems.map(({ path }) => path)).toEqual([
      ['players', 'discriminator', 'objective'],
      ['players', 'generator', 'objective'],
    ])
    for (const { found, hint } of problems) {
      expect(found).toContain(' is NaN at batch 1, whatever the networks make')
      expect(hint).toBe('Raise batch: this compares different samples of one batch.')
    }
    expect(warningsOf(withLoss(loss, 2))).toEqual([])
    const { step } = await rightOf(train(withLoss(loss, 2), { backend: 'reference' }))
    expect(step).toBe(2)
  })

  test('is fine at batch 1 where a sample is its own partner, or meets the other kind', () => {
    for (const loss of [losses.mmd({ estimate: 'biased' }), losses.wasserstein, losses.relativisticAverage]) {
      const found = compile(withLoss(loss, 1))
      const scored = E.isRight(found)
        ? found
        : compile(gan({ ...plain(1), loss, generator: pipe(input([3]), dense(2)) }))
      expect(E.isRight(scored)).toBe(true)
    }
  })

  test('is a warning where a part is constant: the spread of one sample, a class of one', () => {
    const line = (batch: number) =>
      gan({
        generator: pipe(input([3]), dense(1)),
        discriminator: pipe(input([1]), dense(4), relu, dense(1)),
        latent: normal([3]),
        data: gaussian({ mean: 0, std: 1 }),
        loss: losses.nonSaturating,
        penalties: [penalties.dragan({ weight: 1 })],
        batch,
        ...play,
      })
    expect(warningsOf(line(1))).toHaveLength(1)
    expect(warningsOf(line(1))[0]).toMatch(/players\.discriminator\.objective: .* is 0 at batch 1/)
    expect(warningsOf(line(2))).toEqual([])
  })

  test('is refused where all of it is constant: a classifier of one class', () => {
    const classified = (classes: number) => {
      const from = source('data', ring({ modes: classes, radius: 1, std: 0.1, labels: true }))
      const C = network('C', pipe(input([2]), dense(classes)))
      const { x, label } = sample(from)
      return game({
        networks: { C },
        sources: { data: from },
        players: { C: minimise(crossEntropy(C(x), label), 'C') },
        dynamics: alternating({ C: 1 }),
        optimizers: { C: rate },
        batch: 8,
        steps: 1,
        seed: 1,
      })
    }
    expect(refused(classified(1))).toMatchObject([
      { path: ['players', 'C', 'objective'], hint: 'Take it out, or give it more than one number to compare.' },
    ])
    expect(warningsOf(classified(2))).toEqual([])
  })
})
