/**
 * A ring of eight Gaussians, the classic test of mode collapse: a generator that finds one mode and stays there fools its
 * discriminator for a while. The non-saturating loss with R1 (Mescheder et al. 2018) and a learning rate that falls to zero
 * find all eight.
 */
import { adam, dense, gan, input, leakyRelu, losses, normal, penalties, pipe, relu, ring, schedules } from 'saddlepoint'

const rate = adam({ lr: schedules.linear({ from: 2e-3 }), beta1: 0 })

export default gan({
  generator: pipe(input([16]), dense(128), relu, dense(128), relu, dense(128), relu, dense(2)),
  discriminator: pipe(
    input([2]),
    dense(128),
    leakyRelu(0.2),
    dense(128),
    leakyRelu(0.2),
    dense(128),
    leakyRelu(0.2),
    dense(1),
  ),
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  penalties: [penalties.r1({ weight: 0.1 })],
  optimizers: { generator: rate, discriminator: rate },
  batch: 256,
  steps: 8000,
  seed: 1,
})
