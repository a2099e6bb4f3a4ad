/**
 * A ring of eight Gaussians, the classic test of mode collapse: a generator that finds one mode and stays there fools its
 * discriminator for a while. The non-saturating loss with R1 (Mescheder et al. 2018) and a learning rate that falls to zero
 * find all eight.
 */
import {
  adam,
  dense,
  div,
  gan,
  input,
  leakyRelu,
  losses,
  mul,
  normal,
  penalties,
  pipe,
  relu,
  ring,
  step,
  sub,
} from 'saddlepoint'

const steps = 8000
const rate = adam({ lr: mul(2e-3, sub(1, div(step, steps))), beta1: 0 })

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
  steps,
  seed: 1,
})
