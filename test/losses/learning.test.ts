import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import type { Loss, Penalty } from '../../src/dsl/objectives/symbols.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { log, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { gaussianMixture } from '../../src/losses/kernels.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, played, someState } from '../compile/playing.ts'

const parts = {
  generator: pipe(input([2]), dense(2)),
  latent: normal([2]),
  data: normal([2]),
  optimizers: { discriminator: adam({ lr: 0.02, beta1: 0.5 }), generator: adam({ lr: 0.03, beta1: 0.5 }) },
  batch: 16,
  steps: 1,
  seed: 1,
}
const scoring = (loss: Loss, ...paid: readonly Penalty[]): GameSpec =>
  gan({
    ...parts,
    discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(1)),
    loss,
    penalties: paid,
  })
/** D gives two features, or the sample again. */
const giving = (loss: Loss): GameSpec =>
  gan({ ...parts, discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(2)), loss })

const r1 = penalties.r1({ weight: 0.1 })
const games: { readonly [name in keyof typeof losses]: GameSpec } = {
  minimax: scoring(losses.minimax),
  nonSaturating: scoring(losses.nonSaturating),
  labelSmoothing: scoring(losses.labelSmoothing()),
  leastSquares: scoring(losses.leastSquares()),
  hinge: scoring(losses.hinge),
  wasserstein: scoring(losses.wasserstein, penalties.gradientPenalty({ weight: 1 })),
  wassersteinDivergence: scoring(losses.wassersteinDivergence()),
  fGan: scoring(losses.fGan(mul(sub(t, 1), log(t))), r1),
  kullbackLeibler: scoring(losses.kullbackLeibler, r1),
  reverseKullbackLeibler: scoring(losses.reverseKullbackLeibler, r1),
  pearson: scoring(losses.pearson, r1),
  neyman: scoring(losses.neyman, r1),
  squaredHellinger: scoring(losses.squaredHellinger),
  jensenShannon: scoring(losses.jensenShannon),
  ganDivergence: scoring(losses.ganDivergence),
  totalVariation: scoring(losses.totalVariation),
  alpha: scoring(losses.alpha(0.5)),
  relativistic: scoring(losses.relativistic),
  relativisticLeastSquares: scoring(losses.relativisticLeastSquares),
  relativisticHinge: scoring(losses.relativisticHinge),
  relativisticAverage: scoring(losses.relativisticAverage),
  relativisticAverageLeastSquares: scoring(losses.relativisticAverageLeastSquares),
  relativisticAverageHinge: scoring(losses.relativisticAverageHinge),
  energyBased: giving(losses.energyBased({ margin: 2, energy: 'reconstruction' })),
  boundaryEquilibrium: gan({
    ...parts,
    discriminator: pipe(input([2]), dense(8), leakyRelu(0.2), dense(1), dense(2)),
    loss: losses.boundaryEquilibrium({ rate: 0.05, diversity: 0.7 }),
  }),
  mmd: giving(losses.mmd({ kernel: gaussianMixture({ bandwidths: [1, 2] }) })),
  energyDistance: giving(losses.energyDistance()),
  cramer: giving(losses.cramer({ weight: 1 })),
}

/** Uniform numbers between 0 and 1. */
const random = (seed: number): (() => number) => {
  let x = seed
  return () => {
    x = (16807 * x) % 2147483647
    return x / 2147483647
  }
}

/** Data lie about this point, samples at first about 0. */
const target = [1, -1] as const

const distanceAfter = (spec: GameSpec, steps: number): number => {
  const game = compiled(spec)
  const next = random(12345)
  const gauss = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())
  const start = { 'G/1.dense/kernel': Float64Array.of(0.5, 0, 0, 0.5), 'G/1.dense/bias': Float64Array.of(0, 0) }
  let state = { ...someState(game), ...start }
  const bias: number[] = [0, 0]
  for (let step = 0; step < steps; step++) {
    const draws = Object.fromEntries(
      Object.entries(game.step.draws).map(([name, { shape, origin }]) => {
        const values = new Float64Array(shape.reduce((a, b) => a * b, 1))
        if (origin.type === 'uniform') return [name, values.map(next)]
        return [name, values.map((_, i) => (name.includes('data') ? 0.5 * gauss() + (target[i % 2] ?? 0) : gauss()))]
      }),
    )
    state = { ...state, ...played(game, state, draws, step).state }
    if (step >= steps / 2) {
      bias[0] = (bias[0] ?? 0) + (state['G/1.dense/bias'][0] ?? Number.NaN) / (steps / 2)
      bias[1] = (bias[1] ?? 0) + (state['G/1.dense/bias'][1] ?? Number.NaN) / (steps / 2)
    }
  }
  return Math.hypot((bias[0] ?? 0) - target[0], (bias[1] ?? 0) - target[1])
}

describe('every loss brings samples to data', () => {
  test.each(Object.entries(games))('%s', (_, spec) => {
    expect(distanceAfter(spec, 120)).toBeLessThan(0.8) // from 1.41
  })
})
