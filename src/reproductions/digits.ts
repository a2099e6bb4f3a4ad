import { pipe } from '#fp-ts/function'
import { conv2d } from '../dsl/layers/conv2d.ts'
import { dense } from '../dsl/layers/dense.ts'
import { dropout } from '../dsl/layers/dropout.ts'
import { flatten } from '../dsl/layers/flatten.ts'
import { input } from '../dsl/layers/input.ts'
import { relu } from '../dsl/layers/pointwise.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { idx } from '../dsl/sources/idx.ts'
import { add, exp, log, mul, stopGradient, sub } from '../dsl/terms/elementwise.ts'
import { E, max, sum } from '../dsl/terms/statistics.ts'
import { simultaneous } from '../dynamics/simultaneous.ts'
import { adam } from '../optimizers/adam.ts'
import { game } from '../spec/game.ts'
import { network, sample, source } from '../spec/handle.ts'
import type { Classifier } from './protocol.ts'

/** Handwritten digits (LeCun et al. 1998), black 0 and white 1, of the files under their usual names. */
export const digits = (part: 'train' | 't10k', some: { readonly perClass?: { readonly count: number } } = {}) =>
  idx({
    images: `${part}-images-idx3-ubyte`,
    labels: `${part}-labels-idx1-ubyte`,
    shape: [28, 28, 1],
    classes: 10,
    range: [0, 1],
    ...some,
  })

const C = network(
  'C',
  pipe(
    input([28, 28, 1]),
    conv2d({ filters: 32, kernel: 5, stride: 2 }),
    relu,
    conv2d({ filters: 64, kernel: 5, stride: 2 }),
    relu,
    flatten,
    dense(128),
    relu,
    dropout(0.5),
    dense(10),
  ),
)
const data = source('digits', digits('train'))
const { x, label } = sample(data)
const logits = C(x)
/** log of the sum of exponentials, without overflow. */
const top = stopGradient(max(logits))
const logSum = add(top, log(sum(exp(sub(logits, top)))))

/** A game of one player: the cross entropy of a digit's class, over three epochs. */
export const digitClassifier: Classifier = {
  game: game({
    networks: { C },
    sources: { digits: data },
    players: { classifier: minimise(E(sub(logSum, sum(mul(label, logits)))), 'C') },
    dynamics: simultaneous,
    optimizers: { classifier: adam({ lr: 1e-3 }) },
    batch: 128,
    steps: 1400,
    seed: 1,
  }),
  network: 'C',
  input: 'x',
  test: digits('t10k'),
}
