import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { activation } from '../../../src/dsl/layers/activation.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { sigmoid, tanh } from '../../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../../src/dsl/layers/reshape.ts'
import { packed } from '../../../src/dsl/objectives/packing.ts'
import { maximise, minimise } from '../../../src/dsl/objectives/player.ts'
import { through, view } from '../../../src/dsl/objectives/view.ts'
import { latex } from '../../../src/dsl/printing/latex.ts'
import { text } from '../../../src/dsl/printing/text.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { add, log, mul, square, sub } from '../../../src/dsl/terms/elementwise.ts'
import { E, grad, norm } from '../../../src/dsl/terms/statistics.ts'
import { t } from '../../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../../src/dynamics/simultaneous.ts'
import { showSpecError } from '../../../src/errors/specError.ts'
import * as losses from '../../../src/losses/losses.ts'
import * as penalties from '../../../src/losses/penalties.ts'
import { decode, encode } from '../../../src/spec/codec.ts'
import { game as ownGame } from '../../../src/spec/game.ts'
import { gan } from '../../../src/spec/gan.ts'
import { network, sample, source } from '../../../src/spec/handle.ts'
import type { GameSpec } from '../../../src/spec/spec.ts'
import { flipLabels } from '../../../src/views/flipLabels.ts'
import { instanceNoise } from '../../../src/views/instanceNoise.ts'
import * as views from '../../../src/views/views.ts'
import { compiled, computed, errorsOf, only, played } from '../../compile/playing.ts'
import { rest } from '../../types/ring.ts'

const at = { network: 'D', shape: [2] } as const
const linear = { bias: false } as const
const D = network('D', pipe(input([2]), dense(1, linear), activation(square(t))))
const G = network('G', pipe(input([3]), dense(2)))
const [data, latent] = [source('data', normal([2])), source('latent', normal([3]))]
const [x, fake] = [sample(data), G(sample(latent))]
const game = {
  networks: { D: D.net, G: G.net },
  sources: { data: data.source, latent: latent.source },
  over: 'D',
} as const
const noisy = instanceNoise({ std: 0.5 })
const V = add(E(log(sigmoid(D(x)))), E(log(sub(1, sigmoid(D(fake))))))

describe('what a network sees', () => {
  test('is the sample itself through a view that changes nothing', () => {
    const same = view((seen) => seen)
    expect(through(V, at, same, same)).toEqual(V)
  })

  test('has draws of its own for each sample, and the same wherever that sample stands', () => {
    expect(text(through(V, at, noisy).term)).toBe('𝔼[log σ(D(x + 0.5 · ε_data))] + 𝔼[log(1 − σ(D(G(z) + 0.5 · ε_G)))]')
    const twice = through(sub(E(D(x)), E(square(D(x)))), at, noisy)
    expect(text(twice.term)).toBe('𝔼[D(x + 0.5 · ε_data)] − 𝔼[D(x + 0.5 · ε_data)²]')
    const others = through(sub(E(D(x)), E(D(sample(data, 'b')))), at, noisy, noisy)
    expect(text(others.term)).toContain('D(x + 0.5 · ε_data + 0.5 · ε_(data-view2))')
    const slopes = through(add(E(D(mul(2, x))), E(D(mul(3, x)))), at, noisy)
    expect(text(slopes.term)).toBe('𝔼[D(2 · x + 0.5 · ε_point)] + 𝔼[D(3 · x + 0.5 · ε_(point-2))]')
  })

  test('is what a gradient goes through', () => {
    // D(x) = (k . x)^2 through a doubling: the slope is by x, and not by 2 x.
    const double = view((seen) => mul(2, seen))
    const steep = (of: ReturnType<typeof grad<[1], 'network D', [2], 'source data'>>) => E(norm(of))
    const plain = computed(steep(grad(D(x), x)), game).value
    expect(computed(through(steep(grad(D(x), x)), at, double), game).value).toBeCloseTo(4 * plain, 12)
  })

  test('is nothing to other networks', () => {
    const of = E(norm(fake))
    expect(through(of, at, noisy)).toEqual(of)
  })
})

describe('packing', () => {
  const pair = network('D', pipe(input([4]), dense(1, linear), activation(square(t))))
  const on = (handle: typeof pair | typeof D) => ({ ...game, networks: { D: handle.net, G: G.net } })

  test('by 1 changes nothing but the form', () => {
    const packs = computed(packed(V, at, 1), game).value
    expect(packs).toBeCloseTo(computed(V, game).value, 14)
  })

  test('joins independent draws of the same', () => {
    expect(text(packed(V, at, 3).term)).toBe(
      '𝔼[log σ(D(concat₀(x, xₚ₂, xₚ₃)))] + 𝔼[log(1 − σ(D(concat₀(G(z), G(zₚ₂), G(zₚ₃)))))]',
    )
  })

  const mistakes = (samples: number): readonly string[] => {
    const players = { d: maximise(packed(E(D(x)), at, samples), 'D') }
    const spec = { players, dynamics: simultaneous, optimizers: { d: rest.optimizers.discriminator } }
    const sources = { data: data.source, latent: latent.source }
    const networks = { D: D.net, G: G.net }
    return errorsOf({ ...spec, sources, networks, batch: 4, steps: 1, seed: 1 }).map(showSpecError)
  }

  test('what does not fit is said to be packed', () => {
    expect(mistakes(3)).toEqual([
      expect.stringContaining(
        'found [6] per sample\n  make the shapes agree: of 3 samples packed, a network takes [6]',
      ),
    ])
  })

  test('of less than one sample is a mistake', () => {
    for (const samples of [0, -1, Number.NaN])
      expect(mistakes(samples)).toContainEqual(
        expect.stringMatching(/: expected values to join, found none\n.*pack a whole number of samples, 1 or more/),
      )
  })

  test('the slope is by the pack: of a D that looks at the second sample alone it is that sample’s', () => {
    const penalty = E(square(norm(grad(D(x), x))))
    const { game: packs, state, draws } = computed(packed(penalty, at, 2), on(pair))
    const { game: singles } = computed(penalty, on(D))
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true })),
        (k) => {
          const second = { ...state, 'D/1.dense/kernel': Float64Array.of(0, 0, ...k) }
          const alone = { ...state, 'D/1.dense/kernel': Float64Array.of(...k) }
          const found = only(played(packs, second, draws).metrics.p)
          const seen = { 'p/0/data.x': draws['p/0/data:p2.x'] ?? new Float64Array() }
          expect(found).toBeCloseTo(only(played(singles, alone, seen).metrics.p), 10)
        },
      ),
    )
  })

  test('behind a view, by what the view is taken of', () => {
    const penalty = E(square(norm(grad(D(x), x))))
    const double = view((seen) => mul(2, seen))
    const plain = computed(packed(penalty, at, 2), on(pair)).value
    expect(computed(packed(through(penalty, at, double), at, 2), on(pair)).value).toBeCloseTo(16 * plain, 10)
  })
})

describe('of what is drawn, a pack has', () => {
  const noisesOf = (spec: GameSpec): readonly string[] =>
    Object.keys(compiled(spec).step.draws)
      .flatMap((name) => name.match(/^discriminator\/0\/noise\/(.*)/)?.[1] ?? [])
      .sort()
  const packs = {
    ...rest,
    generator: pipe(input([16]), dense(2)),
    discriminator: pipe(input([4]), dense(8), tanh, dense(1)),
    packing: 2,
    loss: losses.hinge,
  } as const

  test.each([
    ['gradientPenalty', penalties.gradientPenalty({ weight: 10 })],
    ['lipschitzPenalty', penalties.lipschitzPenalty({ weight: 10 })],
    ['largestSlope', penalties.largestSlope({ weight: 10 })],
  ] as const)('one interpolation number: %s', (_, penalty) => {
    expect(noisesOf(gan({ ...packs, penalties: [penalty] }))).toEqual(['interpolation'])
  })

  test.each([
    ['wassersteinDivergence', losses.wassersteinDivergence()],
    ['cramer', losses.cramer()],
  ])('one interpolation number: the loss %s', (_, loss) => {
    expect(noisesOf(gan({ ...packs, loss }))).toEqual(['interpolation'])
  })

  test('one label, flipped or not, so that all of its samples are real or all are generated', () => {
    expect(noisesOf(gan({ ...packs, loss: flipLabels({ probability: 0.1 })(losses.hinge) }))).toEqual(['flip'])
  })

  test('noise of its own on each sample: DRAGAN, instance noise and consistency', () => {
    expect(noisesOf(gan({ ...packs, penalties: [penalties.dragan({ weight: 1 })] }))).toEqual(['around', 'around-p2'])
    expect(noisesOf(gan({ ...packs, views: [noisy] }))).toEqual(['G', 'G-p2', 'data', 'data-p2'])
    const consistent = penalties.consistency({ weight: 1, view: noisy })
    expect(noisesOf(gan({ ...packs, penalties: [consistent] }))).toEqual(['real', 'real-p2'])
  })

  test('an augmentation of its own for each sample', () => {
    const shape = [4, 4, 1] as const
    const images = gan({
      ...packs,
      data: normal(shape),
      generator: pipe(input([16]), dense(16), reshape(shape)),
      discriminator: pipe(input([4, 4, 2]), flatten, dense(1)),
      views: [views.translation()],
    })
    expect(noisesOf(images)).toEqual(
      ['G', 'data'].flatMap((of) => ['across', 'across-p2', 'down', 'down-p2'].map((what) => `${of}-${what}`)),
    )
  })
})

test('a game of one’s own has the same', () => {
  const spec = ownGame({
    networks: { D, G },
    sources: { data, latent },
    players: {
      judge: maximise(through(sub(V, penalties.r1({ weight: 1 })), at, noisy), 'D'),
      artist: minimise(through(V, at, noisy), 'G'),
    },
    dynamics: simultaneous,
    optimizers: { judge: rest.optimizers.discriminator, artist: rest.optimizers.generator },
    batch: 4,
    steps: 1,
    seed: 1,
  })
  expect(errorsOf(spec)).toEqual([])
  expect(text(spec.players.judge?.objective ?? V.term)).toContain('‖∇ₓ D(x + 0.5 · ε_data)‖²')
})

test('a gan that sees, packs and pays is data, in both notations', () => {
  const spec = gan({
    ...rest,
    generator: pipe(input([16]), dense(2)),
    discriminator: pipe(input([4]), dense(1)),
    packing: 2,
    views: [noisy],
    penalties: {
      discriminator: [penalties.r1({ weight: 1 }), penalties.dragan({ weight: 1 })],
      generator: [penalties.pathLength({ weight: 1 })],
    },
    loss: losses.hinge,
  })
  expect(decode(JSON.parse(JSON.stringify(encode(spec))))).toMatchObject({ right: spec })
  for (const { objective } of Object.values(spec.players)) {
    expect(text(objective)).toContain('concat₀')
    expect(latex(objective)).toContain('concat')
  }
})
