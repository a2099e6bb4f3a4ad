import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import { every } from '../../src/dsl/objectives/every.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { D, G, type Loss, type Penalty, type ShapedPenalty, x, z } from '../../src/dsl/objectives/symbols.ts'
import type { View } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { step } from '../../src/dsl/terms/variables.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { replayBuffer } from '../../src/views/replayBuffer.ts'
import { topK } from '../../src/views/topK.ts'
import * as views from '../../src/views/views.ts'
import { compiled } from '../compile/playing.ts'
import { type Case, gameCase } from './case.ts'

const by = sgd({ lr: 0.1 })
const rest = {
  latent: normal([3]),
  loss: losses.wasserstein,
  optimizers: { generator: by, discriminator: by },
  batch: 4,
  steps: 3,
  seed: 1,
}
const vectors = {
  ...rest,
  generator: pipe(input([3]), dense(8), tanh, dense(2)),
  discriminator: pipe(input([2]), dense(8), leakyRelu(0.2), dense(8), tanh, dense(1)),
  data: normal([2]),
}
const images = {
  ...rest,
  generator: pipe(input([3]), dense(8), tanh, dense(40), reshape([5, 4, 2])),
  discriminator: pipe(input([5, 4, 2]), flatten, dense(8), tanh, dense(1)),
  data: normal([5, 4, 2]),
}

type Charge = Penalty | ShapedPenalty
const paid = (...discriminator: readonly Charge[]): GameSpec => gan({ ...vectors, penalties: { discriminator } })
const paidByGenerator = (...generator: readonly Charge[]): GameSpec => gan({ ...vectors, penalties: { generator } })
const seen = (...shown: readonly View[]): GameSpec => gan({ ...images, views: shown })
const changed = (loss: Loss): GameSpec => gan({ ...vectors, loss })
const noisy = views.instanceNoise({ std: 0.1 })

const paying: { readonly [name in keyof typeof penalties]: GameSpec } = {
  gradientPenalty: paid(penalties.gradientPenalty({ weight: 10 })),
  lipschitzPenalty: paid(penalties.lipschitzPenalty({ weight: 10 })),
  largestSlope: paid(penalties.largestSlope({ weight: 10 })),
  r1: paid(penalties.r1({ weight: 2 })),
  r2: paid(penalties.r2({ weight: 2 })),
  r1r2: paid(penalties.r1r2({ weight: 2 })),
  dragan: paid(penalties.dragan({ weight: 10 })),
  jensenShannonPenalty: paid(penalties.jensenShannonPenalty({ weight: mul(0.1, step) })),
  leCam: paid(penalties.leCam({ weight: 0.3 })),
  consistency: paid(penalties.consistency({ weight: 10, view: noisy })),
  balancedConsistency: paid(penalties.balancedConsistency({ real: 10, fake: 5, view: noisy })),
  latentConsistency: paid(penalties.latentConsistency({ weight: 5, std: 0.1 })),
  latentDiversity: paidByGenerator(penalties.latentDiversity({ weight: 5, std: 0.1 })),
  pathLength: paidByGenerator(penalties.pathLength({ weight: 2 })),
  orthogonal: paid(penalties.orthogonal({ weight: 0.1 })),
  offDiagonal: paidByGenerator(penalties.offDiagonal({ weight: 0.1, of: 'G' })),
}

const payingToo: { readonly [name: string]: GameSpec } = {
  'gradientPenalty to 0': paid(penalties.gradientPenalty({ weight: 10, center: 0 })),
  'lazy R1': paid(every(2, penalties.r1({ weight: 2 }))),
  'lazy path length': paidByGenerator(every(2, penalties.pathLength({ weight: 2 }))),
}

const games: { readonly [name in keyof typeof views | 'flipLabels' | 'topK' | 'replayBuffer' | 'packing']: GameSpec } =
  {
    instanceNoise: gan({ ...vectors, views: [noisy] }),
    colour: seen(views.colour()),
    translation: seen(views.translation({ ratio: 0.3 })),
    cutout: seen(views.cutout()),
    adaptive: seen(
      views.adaptive(
        (probability) => [
          views.colour({ probability }),
          views.translation({ probability }),
          views.cutout({ probability }),
        ],
        { rise: 0.37 },
      ),
    ),
    flipLabels: changed(flipLabels({ probability: 0.5 })(losses.nonSaturating)),
    topK: changed(topK({ fraction: 0.4 })(losses.nonSaturating)),
    // From the third step on, samples change places with older ones.
    replayBuffer: changed({
      ...losses.leastSquares(),
      discriminator: minimise(
        add(E(square(sub(D(x), 1))), E(square(D(replayBuffer(G(z), { shape: [2], size: 2 }))))),
        'D',
      ),
    }),
    packing: gan({
      ...vectors,
      discriminator: pipe(input([4]), dense(8), tanh, dense(1)),
      packing: 2,
      penalties: [penalties.gradientPenalty({ weight: 10 })],
    }),
  }

/** A game for each penalty, and for each of what changes a loss or what D sees. */
export const penaltyGames = { ...paying, ...payingToo }
export const viewGames = games

const rows = (kind: string, games: { readonly [name: string]: GameSpec }): readonly Case[] =>
  Object.entries(games).map(([name, game]) => gameCase(`${kind} ${name}`, compiled(game), 3, 'second'))

export const penaltyConformance: readonly Case[] = [...rows('penalty', penaltyGames), ...rows('view', viewGames)]
