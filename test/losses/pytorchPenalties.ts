import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import type { Penalty, ShapedPenalty } from '../../src/dsl/objectives/symbols.ts'
import type { View } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { gradient } from '../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { topK } from '../../src/views/topK.ts'
import * as views from '../../src/views/views.ts'

/** The cases of scripts/pytorch/penalties.py, by their names there. An optimizer puts the gradient in the parameter's place. */
const yielding = optimizer(gradient)
const rest = {
  latent: normal([3]),
  loss: losses.nonSaturating,
  optimizers: { discriminator: yielding, generator: yielding },
  dynamics: simultaneous,
  batch: 4,
  steps: 1,
  seed: 1,
}
const vectors = {
  ...rest,
  generator: pipe(input([3]), dense(8), tanh, dense(2)),
  discriminator: pipe(input([2]), dense(8), tanh, dense(1)),
  data: normal([2]),
}
const size = [5, 4, 2] as const
const images = {
  ...rest,
  generator: pipe(input([3]), dense(8), tanh, dense(40), reshape(size)),
  discriminator: pipe(input(size), flatten, dense(8), tanh, dense(1)),
  data: normal(size),
}

/** A game of one player, who pays the penalty and nothing else. */
const paying = (
  penalty: Penalty | ShapedPenalty,
  owned: 'D' | 'G',
  kind: 'vectors' | 'images' = 'vectors',
): GameSpec => {
  const game = kind === 'vectors' ? gan(vectors) : gan(images)
  const sample = kind === 'vectors' ? [2] : size
  const { term } = typeof penalty === 'function' ? penalty({ sample, latent: [3] }) : penalty
  return {
    ...game,
    players: { payer: { goal: 'minimise', objective: term, over: [owned] } },
    optimizers: { payer: yielding },
  }
}

const seen = (...observed: readonly View[]): GameSpec => gan({ ...images, views: observed })
const noisy = views.instanceNoise({ std: 0.1 })
const half = { probability: 0.5 }

export const penaltyGames: { readonly [name: string]: GameSpec } = {
  gradientPenalty: paying(penalties.gradientPenalty({ weight: 10, center: 0 }), 'D'),
  lipschitzPenalty: paying(penalties.lipschitzPenalty({ weight: 10 }), 'D'),
  largestSlope: paying(penalties.largestSlope({ weight: 2 }), 'D'),
  r1: paying(penalties.r1({ weight: 10 }), 'D'),
  r2: paying(penalties.r2({ weight: 10 }), 'D'),
  r1r2: paying(penalties.r1r2({ weight: 10 }), 'D'),
  dragan: paying(penalties.dragan({ weight: 10 }), 'D'),
  jensenShannonPenalty: paying(penalties.jensenShannonPenalty({ weight: 2 }), 'D'),
  leCam: paying(penalties.leCam({ weight: 0.3 }), 'D'),
  consistency: paying(penalties.consistency({ weight: 10, view: noisy }), 'D'),
  balancedConsistency: paying(penalties.balancedConsistency({ real: 10, fake: 5, view: noisy }), 'D'),
  latentConsistency: paying(penalties.latentConsistency({ weight: 5, std: 0.1 }), 'D'),
  latentDiversity: paying(penalties.latentDiversity({ weight: 5, std: 0.1 }), 'G'),
  pathLength: paying(penalties.pathLength({ weight: 2 }), 'G'),
  pathLengthOfImages: paying(penalties.pathLength({ weight: 2 }), 'G', 'images'),
  orthogonal: paying(penalties.orthogonal({ weight: 0.1 }), 'D'),
  offDiagonal: paying(penalties.offDiagonal({ weight: 0.1, of: 'G' }), 'G'),
  instanceNoise: gan({ ...vectors, views: [views.instanceNoise({ std: 0.3 })] }),
  colour: seen(views.colour()),
  translation: seen(views.translation({ ratio: 0.3 })),
  cutout: seen(views.cutout()),
  augmented: seen(views.colour(half), views.translation({ ratio: 0.3, ...half }), views.cutout(half)),
  flipLabels: gan({ ...vectors, loss: flipLabels({ probability: 0.5 })(losses.nonSaturating) }),
  topK: gan({ ...vectors, loss: topK({ fraction: 0.4 })(losses.nonSaturating) }),
  packing: gan({
    ...vectors,
    discriminator: pipe(input([4]), dense(8), tanh, dense(1)),
    packing: 2,
    penalties: [penalties.gradientPenalty({ weight: 10 })],
  }),
}
