import { pipe } from '#fp-ts/function'
import mnist from '../../examples/mnist.ts'
import ring from '../../examples/ring.ts'
import textbook from '../../examples/textbook.ts'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, log, mul, neg, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { cosine, exponential, linear, stepwise, warmUp } from '../../src/dsl/terms/schedules.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { gradient, parameter, t, updates } from '../../src/dsl/terms/variables.ts'
import { crossEntropy, projection } from '../../src/losses/classification.ts'
import { cycleConsistency } from '../../src/losses/cycle.ts'
import { pullingAway } from '../../src/losses/energyBased.ts'
import { l2 } from '../../src/losses/errors.ts'
import { featureMatching } from '../../src/losses/featureMatching.ts'
import { rationalQuadratic } from '../../src/losses/kernels.ts'
import * as losses from '../../src/losses/losses.ts'
import { categoricalInformation, continuousInformation } from '../../src/losses/mutualInformation.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { adaBelief } from '../../src/optimizers/adaBelief.ts'
import { adagrad } from '../../src/optimizers/adagrad.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { adamW } from '../../src/optimizers/adamW.ts'
import { amsgrad } from '../../src/optimizers/amsgrad.ts'
import { clipNorm } from '../../src/optimizers/clipNorm.ts'
import { clipValue } from '../../src/optimizers/clipValue.ts'
import { clipWeights } from '../../src/optimizers/clipWeights.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import { lion } from '../../src/optimizers/lion.ts'
import { momentum } from '../../src/optimizers/momentum.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { rmsprop } from '../../src/optimizers/rmsprop.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { weightDecay } from '../../src/optimizers/weightDecay.ts'
import { gan } from '../../src/spec/gan.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, gameOf } from '../compile/playing.ts'
import { type Case, gameCase } from './case.ts'

const smallParts = {
  generator: pipe(input([3]), dense(8), tanh, dense(2)),
  latent: normal([3]),
  data: normal([2]),
  optimizers: { generator: sgd({ lr: 1 }), discriminator: sgd({ lr: 1 }) },
  batch: 4,
  steps: 3,
  seed: 1,
}

const small = (loss: Loss, by: Optimizer): GameSpec =>
  gan({
    ...smallParts,
    discriminator: pipe(input([2]), dense(8), leakyRelu(0.2), dense(8), tanh, dense(1)),
    loss,
    optimizers: { generator: by, discriminator: by },
  })

/**
 * A root of squares turns the rounding of a gradient near 0 into a whole step, in any arithmetic: such an optimizer's
 * epsilon is raised until a step is a smooth function of the gradient.
 */
const smooth = (by: Optimizer): Optimizer => ('epsilon' in by ? { ...by, epsilon: 1e-2 } : by)

const smoothly = (game: GameSpec): GameSpec => ({
  ...game,
  batch: 4,
  optimizers: Object.fromEntries(Object.entries(game.optimizers).map(([name, by]) => [name, smooth(by)])),
})

const { leastSquares, nonSaturating } = losses

/** A D that gives a sample back, or its features: two numbers. */
const twoNumbers = pipe(input([2]), dense(8), tanh, dense(2))
const withTwoNumbers = (loss: Loss): GameSpec => gan({ ...smallParts, discriminator: twoNumbers, loss })
/** Differences of scores alone: the gradient of a last bias would be rounding. */
const withoutBias = (loss: Loss): GameSpec =>
  gan({ ...smallParts, discriminator: pipe(input([2]), dense(8), tanh, dense(1, { bias: false })), loss })

const lossCases: { readonly [name in keyof typeof losses]: GameSpec | Loss } = {
  ...losses,
  labelSmoothing: losses.labelSmoothing({ real: 0.9, fake: 0.1 }),
  leastSquares: leastSquares({ a: -1, b: 1, c: 0 }),
  wassersteinDivergence: losses.wassersteinDivergence(),
  fGan: losses.fGan(mul(sub(t, 1), log(t))),
  alpha: losses.alpha(0.3),
  relativistic: withoutBias(losses.relativistic),
  relativisticLeastSquares: withoutBias(losses.relativisticLeastSquares),
  relativisticHinge: withoutBias(losses.relativisticHinge),
  relativisticAverage: withoutBias(losses.relativisticAverage),
  relativisticAverageLeastSquares: withoutBias(losses.relativisticAverageLeastSquares),
  relativisticAverageHinge: withoutBias(losses.relativisticAverageHinge),
  energyBased: withTwoNumbers(losses.energyBased({ margin: 1, energy: 'reconstruction' })),
  boundaryEquilibrium: withTwoNumbers(losses.boundaryEquilibrium({ rate: 0.1 })),
  mmd: withTwoNumbers(losses.mmd({ kernel: rationalQuadratic() })),
  energyDistance: withTwoNumbers(losses.energyDistance({ estimate: 'biased' })),
  cramer: withTwoNumbers(losses.cramer()),
}
const isGame = (each: GameSpec | Loss): each is GameSpec => 'networks' in each
/** Their costs hold a gradient. */
const secondOrder = new Set(['wassersteinDivergence', 'cramer'])

/** Lion without its decay (Chen et al. 2023), whose sign is softened. */
const own = optimizer(
  sub(
    parameter,
    mul(
      0.1,
      tanh(
        add(
          mul(
            0.9,
            slot('m', { initial: 0 }, (m) => add(mul(0.9, m), mul(0.1, gradient))),
          ),
          mul(0.1, gradient),
        ),
      ),
    ),
  ),
)

const optimizerCases: { readonly [name in Optimizer['type']]: Optimizer } = {
  sgd: sgd({ lr: warmUp({ over: 2 }, cosine({ from: 0.1, to: 0.01, over: 5 })) }),
  momentum: momentum({ lr: stepwise({ from: 0.1, factor: 0.5, every: 2 }), nesterov: true }),
  adagrad: adagrad({ lr: exponential({ from: 0.1, factor: 0.9 }) }),
  rmsprop: rmsprop({ lr: linear({ from: 0.1, over: 100, of: updates }) }),
  adam: adam({ lr: 0.1, beta1: 0.5 }),
  amsgrad: amsgrad({ lr: 0.1, beta1: 0.5 }),
  adamW: adamW({ lr: 0.1 }),
  adaBelief: adaBelief({ lr: 0.1, beta1: 0.5 }),
  lion: lion({ lr: 0.1, weightDecay: 0.1 }),
  custom: own,
  clipValue: clipValue({ most: 0.01 }, sgd({ lr: 0.1 })),
  clipNorm: clipNorm({ most: 0.1 }, sgd({ lr: 0.1 })),
  clipWeights: clipWeights({ most: 0.1 }, sgd({ lr: 0.1 })),
  weightDecay: weightDecay({ decay: 0.1 }, sgd({ lr: 0.1 })),
  accumulate: accumulate({ every: 2 }, clipNorm({ most: 0.1 }, momentum({ lr: 0.1 }))),
  optimistic: optimistic(momentum({ lr: 0.1 })),
}

const [samples, codes] = [source('samples', normal([2])), source('codes', normal([3]))]
const [given, others, code] = [sample(samples), sample(samples, 'other'), sample(codes)]
const [there, back] = [network('there', pipe(input([2]), dense(3))), network('back', pipe(input([3]), dense(2)))]
/** What games of several networks pay, all at once. */
const pieces: readonly Expr[] = [
  crossEntropy(there(given), code),
  neg(categoricalInformation(there(others), code)),
  neg(continuousInformation(there(given), code, there(others))),
  E(projection(there(given), code)),
  l2(there(given), code),
  cycleConsistency([given, back(there(given))], [code, there(back(code))]),
  featureMatching(there(given), there(others)),
  pullingAway(there(given)),
]
const pieceGame: GameSpec = gameOf({
  networks: { there: there.net, back: back.net },
  sources: { samples: samples.source, codes: codes.source },
  players: {
    p: { goal: 'minimise', objective: pieces.reduce((sum, each) => add(sum, each)).term, over: ['there', 'back'] },
  },
})

export const lossConformance: readonly Case[] = [
  gameCase('loss pieces of games of several networks', compiled(pieceGame), 2, 'gradient'),
  ...Object.entries<GameSpec | Loss>(lossCases).map(([name, each]) =>
    gameCase(
      `loss ${name}`,
      compiled(isGame(each) ? each : small(each, sgd({ lr: 1 }))),
      2,
      secondOrder.has(name) ? 'second' : 'gradient',
    ),
  ),
]

export const optimizerConformance: readonly Case[] = Object.entries(optimizerCases).map(([name, by]) =>
  gameCase(`optimizer ${name}`, compiled(smoothly(small(nonSaturating, by))), 3, 'gradient'),
)

/**
 * Whole steps of the examples at batch 4, on random data: mnist's files are not needed. Weights are scaled so that no
 * activation lies within float32's rounding of a kink, where either slope is right: at 0.1, one of mnist's was 3.5e-9 from 0.
 */
export const exampleConformance: readonly Case[] = [
  gameCase('example ring', compiled(smoothly(ring)), 3, 'second', 0.2),
  gameCase('example textbook', compiled(smoothly(textbook)), 3, 'gradient', 0.2),
  gameCase('example mnist', compiled(smoothly(mnist)), 2, 'second', 0.08),
]
