import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu, softplus, tanh } from '../../src/dsl/layers/pointwise.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import * as symbols from '../../src/dsl/objectives/symbols.ts'
import { text } from '../../src/dsl/printing/text.ts'
import { add, exp, log, mul, neg, sub } from '../../src/dsl/terms/elementwise.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { gaussianMixture, rationalQuadratic } from '../../src/losses/kernels.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { type KnownTheory, theoryOf } from '../../src/theory/describe.ts'
import { base, discriminator, generator, rate, rest } from '../types/ring.ts'

const optimizers = { discriminator: rate, generator: rate }
const loss = (spec: GameSpec): KnownTheory | undefined => theoryOf(spec)[0]?.loss

const ofScores = (each: Loss): GameSpec => gan({ ...rest, generator, discriminator, loss: each })
/** D gives two numbers: features, or a sample again. */
const ofVectors = (each: Loss): GameSpec =>
  gan({ ...rest, generator, discriminator: pipe(input([2]), dense(8), tanh, dense(2)), loss: each })

const rows: readonly (readonly [keyof typeof losses, GameSpec, { readonly [name: string]: number | string }])[] = [
  ['relativistic', ofScores(losses.relativistic), {}],
  ['relativisticLeastSquares', ofScores(losses.relativisticLeastSquares), {}],
  ['relativisticHinge', ofScores(losses.relativisticHinge), {}],
  ['relativisticAverage', ofScores(losses.relativisticAverage), {}],
  ['relativisticAverageLeastSquares', ofScores(losses.relativisticAverageLeastSquares), {}],
  ['relativisticAverageHinge', ofScores(losses.relativisticAverageHinge), {}],
  ['wassersteinDivergence', ofScores(losses.wassersteinDivergence()), { weight: 2, power: 6 }],
  [
    'wassersteinDivergence',
    ofScores(losses.wassersteinDivergence({ weight: 0.5, power: 4 })),
    { weight: 0.5, power: 4 },
  ],
  [
    'energyBased',
    ofVectors(losses.energyBased({ margin: 3, energy: 'reconstruction' })),
    { margin: 3, energy: 'reconstruction' },
  ],
  ['energyBased', ofScores(losses.energyBased({ margin: 10, energy: 'output' })), { margin: 10, energy: 'output' }],
  ['boundaryEquilibrium', ofVectors(losses.boundaryEquilibrium()), { diversity: 0.5, rate: 0.001 }],
  ['mmd', ofVectors(losses.mmd()), { kernel: text(gaussianMixture()(t).term), estimate: 'unbiased' }],
  [
    'mmd',
    ofVectors(losses.mmd({ kernel: rationalQuadratic({ scales: [0.3, 2] }), estimate: 'biased' })),
    { kernel: '(1 + t / 0.6)^(−0.3) + (1 + t / 4)^(−2)', estimate: 'biased' },
  ],
  ['energyDistance', ofVectors(losses.energyDistance()), { estimate: 'unbiased' }],
  ['energyDistance', ofVectors(losses.energyDistance({ estimate: 'biased' })), { estimate: 'biased' }],
  ['cramer', ofVectors(losses.cramer({ weight: 7 })), { weight: 7 }],
]

describe('losses that no point decides alone are recognised as a whole', () => {
  test.each(rows)('%s %#', (name, spec, parameters) => {
    const found = loss(spec)
    expect(found?.loss).toBe(name)
    expect(found?.parameters).toEqual(parameters)
  })

  test('with a penalty beside them', () => {
    const spec = gan({
      ...rest,
      generator,
      discriminator,
      loss: losses.relativistic,
      penalties: [penalties.r1({ weight: 2 })],
    })
    expect(loss(spec)?.loss).toBe('relativistic')
    const wgan = { ...rest, generator, discriminator, loss: losses.wasserstein }
    expect(loss(gan({ ...wgan, penalties: [penalties.gradientPenalty({ weight: 10 })] }))?.loss).toBe('wasserstein')
  })

  test('under other names, in another order, as a user writes them', () => {
    const [Critic, Maker] = [network('Critic', discriminator), network('Maker', generator)]
    const [reals, codes] = [source('reals', rest.data), source('codes', rest.latent)]
    const [real, fake] = [Critic(sample(reals)), Critic(Maker(sample(codes)))]
    const far = add(E(relu(sub(1, sub(E(real), fake)))), E(relu(sub(1, sub(real, E(fake))))))
    const near = add(E(relu(sub(1, sub(fake, E(real))))), E(relu(sub(1, sub(E(fake), real)))))
    const spec = game({
      ...base,
      networks: { Critic, Maker },
      sources: { reals, codes },
      players: {
        discriminator: minimise(far, 'Critic'),
        generator: maximise(neg(near), 'Maker'),
      },
      optimizers,
    })
    expect(loss(spec)?.loss).toBe('relativisticAverageHinge')
  })

  test('an f-GAN of one’s own f, and what comes to the same', () => {
    const jeffreys = loss(ofScores(losses.fGan(mul(sub(t, 1), log(t)))))
    expect(jeffreys).toMatchObject({ loss: 'fGan', optimum: { text: 'log(p / q)' }, equilibrium: 'f(1) = 0' })
    const { D, G, x, z } = symbols
    const byHand = add(E(neg(softplus(neg(D(x))))), E(neg(softplus(D(G(z))))))
    const textbook: Loss = { discriminator: maximise(byHand, 'D'), generator: minimise(byHand, 'G') }
    expect(loss(ofScores(textbook))).toMatchObject({ loss: 'fGan', equilibrium: 'f(1) = -1.38629' })
    const exponential = sub(E(neg(exp(neg(D(x))))), E(exp(D(G(z)))))
    expect(
      loss(ofScores({ discriminator: maximise(exponential, 'D'), generator: minimise(exponential, 'G') })),
    ).toBeUndefined()
  })

  test('another number makes another loss', () => {
    const doubled = ({ discriminator: one, generator: other }: Loss): GameSpec => ({
      ...ofScores({ discriminator: one, generator: other }),
      players: {
        discriminator: { ...one, objective: { op: 'mul', left: { op: 'number', value: 2 }, right: one.objective } },
        generator: other,
      },
    })
    for (const each of [losses.relativistic, losses.relativisticAverageHinge, losses.kullbackLeibler])
      expect(loss(doubled(each))).toBeUndefined()
  })
})
