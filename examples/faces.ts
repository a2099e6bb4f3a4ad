/**
 * The smallest GAN that makes pictures: 2 x 2 pixels, of faces that slant, dark from upper left to lower right. Each network is
 * one layer, so that every number of a step can be followed by hand: `npm run saddle -- trace examples/faces.ts`, and the
 * page docs/worked-example.md.
 */
import { dense, gan, input, losses, pipe, sgd, sigmoid, tensor, uniform } from 'saddlepoint'

const rate = sgd({ lr: 0.1 })

export default gan({
  generator: pipe(input([1]), dense(4), sigmoid),
  discriminator: pipe(input([4]), dense(1)),
  latent: uniform([1]),
  data: tensor({ shape: [4], values: [1, 0, 0, 1, 0.9, 0.1, 0.2, 0.8] }),
  loss: losses.nonSaturating,
  optimizers: { generator: rate, discriminator: rate },
  batch: 2,
  steps: 2000,
  seed: 1,
})
