import { pipe } from '#fp-ts/function'
import { conv2d } from '../dsl/layers/conv2d.ts'
import { dense } from '../dsl/layers/dense.ts'
import { dropout } from '../dsl/layers/dropout.ts'
import { flatten } from '../dsl/layers/flatten.ts'
import { input } from '../dsl/layers/input.ts'
import { relu } from '../dsl/layers/pointwise.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { add, equal, mul } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { E, max, sum } from '../dsl/terms/statistics.ts'
import { simultaneous } from '../dynamics/simultaneous.ts'
import { crossEntropy } from '../losses/classification.ts'
import { adam } from '../optimizers/adam.ts'
import { game } from '../spec/game.ts'
import { network, sample, source } from '../spec/handle.ts'
import type { GameSpec } from '../spec/spec.ts'
import { digits } from './digits.ts'
import { few, fewLabelsGan, G, latent, shape, shifted } from './fewLabelsGan.ts'
import type { Protocol, Row } from './protocol.ts'

const C = network(
  'C',
  pipe(
    input(shape),
    conv2d({ filters: 16, kernel: 5, stride: 2 }),
    relu,
    conv2d({ filters: 32, kernel: 5, stride: 2 }),
    relu,
    flatten,
    dense(64),
    relu,
    dropout(0.5),
    dense(10),
  ),
)
const test = source('test', digits('t10k'))
const batch = 50

type Cost = Expr<'batch', [], 'network C' | 'network G' | 'source few' | 'source latent'>

/** G is there, and trained by no one: it stays as the GAN left it. */
const classifier = (cost: Cost): GameSpec =>
  game({
    networks: { C, G },
    sources: { few, test, latent },
    players: { classifier: minimise(cost, 'C') },
    dynamics: simultaneous,
    optimizers: { classifier: adam({ lr: 1e-3 }) },
    batch,
    steps: 600,
    seed: 1,
  })

const { x, label } = sample(few)
const plain: Cost = crossEntropy(C(x), label)
const moved: Cost = crossEntropy(C(shifted(x, { shape, draw: 'real' })), label)
/** Generated images of classes that are drawn apart, with dropout masks of their own. */
const asked = sample(few, 'asked').label
const generated: Cost = crossEntropy(C(G({ z: sample(latent), label: asked }), 'generated'), asked)

const unseen = sample(test)
const scores = C(unseen.x)
/** The share of images whose own class has the highest score. */
const accuracy = E(equal(sum(mul(unseen.label, scores)), max(scores))).term

const row = (name: string, cost: Cost, first?: GameSpec): Row => ({
  name,
  game: classifier(cost),
  ...(first !== undefined && { first }),
  // All 10,000 images, each once.
  evaluation: { type: 'terms', terms: { accuracy }, batches: 10_000 / batch },
  published: {},
})

export const fewLabels: Protocol = {
  name: 'few-labels',
  paper: 'Generated labelled digits that train a classifier',
  place: "ten labelled digits of each class; accuracy on MNIST's test set",
  trials: 5,
  metrics: { accuracy: { type: 'number', name: "accuracy on MNIST's test set", digits: 2, unit: '%' } },
  rows: [
    row('real images', plain),
    row('real images, shifted', moved),
    row('real images, shifted, and generated ones', add(moved, generated), fewLabelsGan),
  ],
  settings: [
    'Every trial has a hundred labelled digits of its own: trial 1 the first ten of each class in the training set, trial 2 the next ten, and so on. Nothing else is known of the digits, no unlabelled ones either.',
    'The conditional GAN is trained on the same hundred digits, shifted by up to 3 pixels in what its discriminator sees; then it stays as it is.',
    'A batch of the classifier is 50 real images or, in the last row, 50 real ones and 50 generated. The test set is looked at once, at the end.',
  ],
  duration: 'a minute on one core',
  files: "MNIST's four files, unpacked or gzip: train-images-idx3-ubyte and so on",
}
