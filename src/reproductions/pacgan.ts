import { pipe } from '#fp-ts/function'
import * as init from '../dsl/initializers/init.ts'
import { batchNormWith } from '../dsl/layers/batchNorm.ts'
import { dense } from '../dsl/layers/dense.ts'
import { input } from '../dsl/layers/input.ts'
import { maxout } from '../dsl/layers/maxout.ts'
import { relu, sigmoid } from '../dsl/layers/pointwise.ts'
import type { Same } from '../dsl/networks/net.ts'
import { maximise } from '../dsl/objectives/player.ts'
import { normal } from '../dsl/sources/normal.ts'
import type { Draw } from '../dsl/terms/draw.ts'
import { add, log, sub } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import * as ops from '../dsl/terms/tensor.ts'
import { simultaneous } from '../dynamics/simultaneous.ts'
import { modeSamples } from '../measure/metrics/modes.ts'
import { adam } from '../optimizers/adam.ts'
import { game } from '../spec/game.ts'
import { network, sample, source } from '../spec/handle.ts'
import type { GameSpec } from '../spec/spec.ts'
import { type MixtureName, mixtureMetrics, mixtures } from './mixtures.ts'
import { measured, type Protocol, type Published, type Row } from './protocol.ts'

const weights = { init: init.normal(0.02) } as const
const optimizer = adam({ lr: 1e-4, beta1: 0.8 })

const latent = source('latent', normal([2]))
const normalised: Same = batchNormWith({ momentum: 0.95 })
const bare = { ...weights, bias: false } as const
const G = network(
  'G',
  pipe(
    input([2]),
    dense(400, bare),
    normalised,
    relu,
    dense(400, bare),
    normalised,
    relu,
    dense(400, bare),
    normalised,
    relu,
    dense(400, bare),
    normalised,
    relu,
    dense(2, weights),
  ),
)

/** 200 units of five linear pieces each, before `maxout(5)`. */
const pieces = dense(1000, weights)

/** D sees m independent samples of one kind, side by side: section 2, algorithm 1. */
const packed = (mixture: MixtureName, m: number): GameSpec => {
  const data = source('data', mixtures[mixture].source)
  const D = network(
    'D',
    pipe(input([2 * m]), pieces, maxout(5), pieces, maxout(5), pieces, maxout(5), dense(1, weights)),
  )
  // One evaluation of the authors' graph makes the updates of both players, so that they see the same draws.
  const draws = Array.from({ length: m }, (_, i): Draw => ({ draw: `part${i + 1}`, shared: true }))
  const real = D(
    ops.concat(
      draws.map((draw) => sample(data, draw)),
      0,
    ),
  )
  const generated = D(
    ops.concat(
      draws.map((draw) => G(sample(latent, draw))),
      0,
    ),
  )
  return game({
    networks: { G, D },
    sources: { latent, data },
    players: {
      discriminator: maximise(add(E(log(sigmoid(real))), E(log(sub(1, sigmoid(generated))))), 'D'),
      generator: maximise(E(log(sigmoid(generated))), 'G'),
    },
    dynamics: simultaneous,
    optimizers: { discriminator: optimizer, generator: optimizer },
    batch: 100,
    steps: 400_000,
    seed: 1,
  })
}

type Line = readonly [modes: Published, highQuality: Published, reverseKl: Published]

/** Means over ten trials, and their standard errors. */
const published = {
  ring: [
    [measured(6.3, 0.5), measured(98.2, 0.2), measured(0.45, 0.09)],
    [measured(7.9, 0.1), measured(95.6, 2), measured(0.07, 0.03)],
    [measured(7.8, 0.1), measured(97.7, 0.3), measured(0.1, 0.02)],
    [measured(7.8, 0.1), measured(95.9, 1.4), measured(0.07, 0.02)],
  ],
  grid: [
    [measured(17.3, 0.8), measured(94.8, 0.7), measured(0.7, 0.07)],
    [measured(23.8, 0.7), measured(91.3, 0.8), measured(0.13, 0.04)],
    [measured(24.6, 0.4), measured(94.2, 0.4), measured(0.06, 0.02)],
    [measured(24.8, 0.2), measured(93.6, 0.6), measured(0.04, 0.01)],
  ],
} as const satisfies { readonly [M in MixtureName]: readonly Line[] }

const settings = [
  "Networks, sizes, initial weights (normal, standard deviation 0.02), batch (100), Adam (rate 1e-4, beta1 0.8), steps (400 epochs of 1000), updates of both players at once on the same draws, and the generator that does not saturate are those of the authors' published code.",
  "The authors draw from 100,000 samples made once; here every step's samples are fresh. Batch normalisation's epsilon is this language's, and its running statistics keep 0.95 at each update, as theirs.",
  'Not found: how the authors computed the reverse KL. Here every sample counts to its nearest mode, and the modes of the data weigh alike.',
] as const

const protocol = (mixture: MixtureName): Protocol => ({
  name: `pacgan-${mixture}`,
  paper: 'PacGAN: the power of two samples in generative adversarial networks (Lin et al. 2018)',
  place: `Table 1, ${mixtures[mixture].label}`,
  trials: 10,
  spread: 'standard error',
  metrics: mixtureMetrics(mixture),
  rows: published[mixture].map(([modes, highQuality, reverseKl], i): Row => {
    const m = i + 1
    const generated = G(sample(latent)).term
    return {
      name: m === 1 ? 'GAN' : `PacGAN${m}`,
      game: packed(mixture, m),
      evaluation: { type: 'modes', source: 'data', generated, samples: modeSamples },
      published: { modes, highQuality, reverseKl },
    }
  }),
  settings,
  duration: 'hours on one core',
})

export const pacganRing = protocol('ring')
export const pacganGrid = protocol('grid')
