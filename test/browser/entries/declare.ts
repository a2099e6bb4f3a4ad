import { adam, dense, gan, input, losses, normal, pipe, relu, ring } from 'saddlepoint'

const rate = adam({ lr: 1e-3 })

/** A game as data: nothing is compiled. */
export const game = gan({
  generator: pipe(input([4]), dense(16), relu, dense(2)),
  discriminator: pipe(input([2]), dense(16), relu, dense(1)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers: { generator: rate, discriminator: rate },
  batch: 16,
  steps: 20,
  seed: 1,
})
