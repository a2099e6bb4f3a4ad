import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../dsl/layers/activations.ts'
import { batchNorm } from '../dsl/layers/batchNorm.ts'
import { concat } from '../dsl/layers/concat.ts'
import { conv2d } from '../dsl/layers/conv2d.ts'
import { convTranspose2d } from '../dsl/layers/convTranspose2d.ts'
import { dense } from '../dsl/layers/dense.ts'
import { flatten } from '../dsl/layers/flatten.ts'
import { input } from '../dsl/layers/input.ts'
import { relu, sigmoid } from '../dsl/layers/pointwise.ts'
import { reshape } from '../dsl/layers/reshape.ts'
import { maximise } from '../dsl/objectives/player.ts'
import { through } from '../dsl/objectives/view.ts'
import { normal } from '../dsl/sources/normal.ts'
import { add, log, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { linear } from '../dsl/terms/schedules.ts'
import { E, grad, norm } from '../dsl/terms/statistics.ts'
import { alternating } from '../dynamics/alternating.ts'
import { adam } from '../optimizers/adam.ts'
import { game } from '../spec/game.ts'
import { network, sample, source } from '../spec/handle.ts'
import { translation } from '../views/translation.ts'
import { digits } from './digits.ts'

/** Ten labelled digits of each class. */
export const few = source('few', digits('train', { perClass: { count: 10 } }))
export const latent = source('latent', normal([32]))
export const shape = [28, 28, 1] as const
/** By up to 3 pixels. */
export const shifted = translation({ ratio: 0.1 })

export const G = network(
  'G',
  pipe(
    concat(input([32], 'z'), input([10], 'label')),
    dense(1568),
    batchNorm,
    relu,
    reshape([7, 7, 32]),
    convTranspose2d({ filters: 16, kernel: 4, stride: 2 }),
    batchNorm,
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    sigmoid,
  ),
)
const D = network(
  'D',
  pipe(
    concat(input(shape, 'x'), pipe(input([10], 'label'), dense(784), reshape(shape))),
    conv2d({ filters: 16, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    conv2d({ filters: 32, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    flatten,
    dense(1),
  ),
)

const { x, label } = sample(few)
const real = D({ x, label })
const fake = D({ x: G({ z: sample(latent), label }), label })
const V = add(E(log(sigmoid(real))), E(log(sub(1, sigmoid(fake)))))
const r1 = mul(0.1, E(square(norm(grad(real, x)))))
const at = { network: 'D', shape }

const steps = 1500
const rate = adam({ lr: linear({ from: 1e-3 }), beta1: 0.5 })

/** A conditional GAN (Mirza and Osindero 2014) whose D sees all images shifted, real and generated (Zhao et al. 2020). */
export const fewLabelsGan = game({
  networks: { D, G },
  sources: { few, latent },
  players: {
    discriminator: maximise(through(sub(V, r1), at, shifted), 'D'),
    generator: maximise(through(E(log(sigmoid(fake))), at, shifted), 'G'),
  },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  batch: 50,
  steps,
  seed: 1,
})
