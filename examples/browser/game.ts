/**
 * The ring of eight Gaussians of ../ring.ts with smaller networks, so that a laptop without a graphics card trains it in
 * about half a minute.
 */
import { adam, dense, gan, input, leakyRelu, losses, normal, penalties, pipe, relu, ring, schedules } from 'saddlepoint'

const rate = adam({ lr: schedules.linear({ from: 2e-3 }), beta1: 0 })

export const modes = 8
export const radius = 2
export const std = 0.02

/** What each player pays where the generator makes the data: the discriminator knows nothing then, and says 1/2. */
export const equilibrium = { discriminator: 2 * Math.LN2, generator: Math.LN2 }

export const game = gan({
  generator: pipe(input([16]), dense(64), relu, dense(64), relu, dense(64), relu, dense(2)),
  discriminator: pipe(
    input([2]),
    dense(64),
    leakyRelu(0.2),
    dense(64),
    leakyRelu(0.2),
    dense(64),
    leakyRelu(0.2),
    dense(1),
  ),
  latent: normal([16]),
  data: ring({ modes, radius, std }),
  loss: losses.nonSaturating,
  penalties: [penalties.r1({ weight: 0.1 })],
  optimizers: { generator: rate, discriminator: rate },
  batch: 128,
  steps: 6000,
  seed: 1,
})
