import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { batchNorm } from '../../src/dsl/layers/batchNorm.ts'
import { conv2d } from '../../src/dsl/layers/conv2d.ts'
import { convTranspose2d } from '../../src/dsl/layers/convTranspose2d.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { layerNorm } from '../../src/dsl/layers/layerNorm.ts'
import { relu, tanh } from '../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { gradient } from '../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'

const mlp = {
  generator: pipe(input([3]), dense(8), relu, dense(2)),
  discriminator: pipe(input([2]), dense(8), leakyRelu(0.2), dense(8), tanh, dense(1)),
  latent: normal([3]),
  data: normal([2]),
}

/** Windows of 4 x 4 pixels, 2 apart. A bias before a norm would be of no effect. */
const window = { kernel: 4, stride: 2 } as const
const images = {
  generator: pipe(
    input([3]),
    dense(32, { bias: false }),
    batchNorm,
    relu,
    reshape([2, 2, 8]),
    convTranspose2d({ ...window, filters: 8, bias: false }),
    batchNorm,
    relu,
    convTranspose2d({ ...window, filters: 2 }),
    tanh,
  ),
  latent: normal([3]),
  data: normal([8, 8, 2]),
}
const imageDiscriminator = pipe(
  input([8, 8, 2]),
  conv2d({ ...window, filters: 8 }),
  leakyRelu(0.2),
  conv2d({ ...window, filters: 8, bias: false }),
  batchNorm,
  leakyRelu(0.2),
  flatten,
  dense(1),
)
const imageCritic = pipe(
  input([8, 8, 2]),
  conv2d({ ...window, filters: 8 }),
  leakyRelu(0.2),
  conv2d({ ...window, filters: 8, bias: false }),
  layerNorm,
  tanh,
  flatten,
  dense(1),
)

const play = { batch: 4, steps: 1, seed: 1 }

/** An optimizer that puts the gradient in the parameter's place, so that one step at once yields every gradient. */
const yielding = optimizer(gradient)
const yieldingGradients = {
  ...play,
  dynamics: simultaneous,
  optimizers: { discriminator: yielding, generator: yielding },
}

const { nonSaturating, wasserstein } = losses
const gradientPenalty = penalties.gradientPenalty({ weight: 10 })
const r1 = penalties.r1({ weight: 10 })

/** Games whose new parameters are the gradients at the old ones. scripts/pytorch/fixtures.py has the same, by these names. */
export const gradientGames: { readonly [name: string]: GameSpec } = {
  mlp: gan({ ...mlp, ...yieldingGradients, loss: nonSaturating }),
  convolutional: gan({ ...images, ...yieldingGradients, discriminator: imageDiscriminator, loss: nonSaturating }),
  wganGp: gan({ ...mlp, ...yieldingGradients, loss: wasserstein, penalties: [gradientPenalty] }),
  convolutionalWganGp: gan({
    ...images,
    ...yieldingGradients,
    discriminator: imageCritic,
    loss: wasserstein,
    penalties: [gradientPenalty],
  }),
  r1: gan({ ...mlp, ...yieldingGradients, loss: nonSaturating, penalties: [r1] }),
  convolutionalR1: gan({
    ...images,
    ...yieldingGradients,
    discriminator: imageCritic,
    loss: nonSaturating,
    penalties: [r1],
  }),
}

/** The mlp, trained in turns. */
export const trainedGame = (by: Optimizer): GameSpec =>
  gan({ ...mlp, ...play, loss: nonSaturating, optimizers: { discriminator: by, generator: by } })
