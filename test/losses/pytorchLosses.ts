import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import type { NetworkGraph } from '../../src/dsl/layers/networkGraph.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { log, mul, neg, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { gradient, t } from '../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { crossEntropy, projection } from '../../src/losses/classification.ts'
import { cycleConsistency, identityMapping } from '../../src/losses/cycle.ts'
import { pullingAway } from '../../src/losses/energyBased.ts'
import { l1, l2 } from '../../src/losses/errors.ts'
import { featureMatching } from '../../src/losses/featureMatching.ts'
import { rationalQuadratic } from '../../src/losses/kernels.ts'
import * as losses from '../../src/losses/losses.ts'
import { squaredMmd } from '../../src/losses/mmd.ts'
import { categoricalInformation, continuousInformation } from '../../src/losses/mutualInformation.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import { gan } from '../../src/spec/gan.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { gameOf } from '../compile/playing.ts'

/** It puts the gradient in the parameter's place. */
const yielding = optimizer(gradient)
const play = { dynamics: simultaneous, batch: 4, steps: 1, seed: 1 }

const two = input([2])
const common = {
  ...play,
  generator: pipe(input([3]), dense(5), tanh, dense(2)),
  latent: normal([3]),
  data: normal([2]),
  optimizers: { discriminator: yielding, generator: yielding },
}
const scoring = (loss: Loss): GameSpec => gan({ ...common, discriminator: pipe(two, dense(5), tanh, dense(1)), loss })
/** D gives features, or the sample again. */
const giving = (loss: Loss): GameSpec => gan({ ...common, discriminator: pipe(two, dense(5), tanh, dense(2)), loss })

const { minimax, nonSaturating, hinge, wasserstein } = losses

const ganGames: { readonly [name in keyof typeof losses]: GameSpec } = {
  minimax: scoring(minimax),
  nonSaturating: scoring(nonSaturating),
  labelSmoothing: scoring(losses.labelSmoothing({ real: 0.9, fake: 0.1 })),
  leastSquares: scoring(losses.leastSquares({ a: -1, b: 1, c: 0 })),
  hinge: scoring(hinge),
  wasserstein: scoring(wasserstein),
  wassersteinDivergence: scoring(losses.wassersteinDivergence()),
  fGan: scoring(losses.fGan(mul(sub(t, 1), log(t)))),
  kullbackLeibler: scoring(losses.kullbackLeibler),
  reverseKullbackLeibler: scoring(losses.reverseKullbackLeibler),
  pearson: scoring(losses.pearson),
  neyman: scoring(losses.neyman),
  squaredHellinger: scoring(losses.squaredHellinger),
  jensenShannon: scoring(losses.jensenShannon),
  ganDivergence: scoring(losses.ganDivergence),
  totalVariation: scoring(losses.totalVariation),
  alpha: scoring(losses.alpha(0.3)),
  relativistic: scoring(losses.relativistic),
  relativisticLeastSquares: scoring(losses.relativisticLeastSquares),
  relativisticHinge: scoring(losses.relativisticHinge),
  relativisticAverage: scoring(losses.relativisticAverage),
  relativisticAverageLeastSquares: scoring(losses.relativisticAverageLeastSquares),
  relativisticAverageHinge: scoring(losses.relativisticAverageHinge),
  energyBased: giving(losses.energyBased({ margin: 2, energy: 'reconstruction' })),
  boundaryEquilibrium: giving(losses.boundaryEquilibrium({ diversity: 0.7, rate: 0.1 })),
  mmd: giving(losses.mmd()),
  energyDistance: giving(losses.energyDistance()),
  cramer: giving(losses.cramer()),
}

const [data, code] = [source('data', normal([2])), source('code', normal([3]))]
const [x, other, y] = [sample(data), sample(data, 'other'), sample(code)]
const N = network('N', pipe(two, dense(5), tanh, dense(3)))
const B = network('B', pipe(input([3]), dense(5), tanh, dense(2)))
const M = network('M', pipe(two, dense(5), tanh, dense(2)))

/** A game of one player that pays this, over the networks that it uses. */
const paying = (cost: Expr, ...networks: readonly { readonly named: string; readonly net: NetworkGraph }[]): GameSpec =>
  gameOf({
    networks: Object.fromEntries(networks.map(({ named, net }) => [named, net])),
    sources: { data: data.source, code: code.source },
    players: { p: { goal: 'minimise', objective: cost.term, over: networks.map(({ named }) => named) } },
    optimizers: { p: yielding },
  })

const pieces: { readonly [name: string]: GameSpec } = {
  crossEntropy: paying(crossEntropy(N(x), y), N),
  categoricalInformation: paying(neg(categoricalInformation(N(x), y)), N),
  continuousInformation: paying(neg(continuousInformation(N(x), y)), N),
  'continuousInformation with deviations': paying(neg(continuousInformation(N(x), y, N(other))), N),
  projection: paying(E(projection(N(x), y)), N),
  l1: paying(l1(N(x), y), N),
  l2: paying(l2(N(x), y), N),
  cycleConsistency: paying(cycleConsistency([x, B(N(x))], [y, N(B(y))]), N, B),
  identityMapping: paying(identityMapping([x, M(x)], [other, M(other)]), M),
  featureMatching: paying(featureMatching(N(x), N(other)), N),
  pullingAway: paying(pullingAway(N(x)), N),
  'squaredMmd, biased, rational quadratic': paying(
    squaredMmd(N(x), N(other), rationalQuadratic({ scales: [0.5, 2] }), 'biased'),
    N,
  ),
}

/** Games whose new parameters are the gradients at the old ones. scripts/pytorch/losses.py has the same, by these names. */
export const lossGames: { readonly [name: string]: GameSpec } = { ...ganGames, ...pieces }
