import { adam, dense, gan, input, leakyRelu, losses, normal, penalties, pipe, relu, ring } from 'saddlepoint'

export default gan({
  generator: pipe(input([16]), dense(128), relu, dense(128), relu, dense(2)),
  discriminator: pipe(input([2]), dense(128), leakyRelu(0.2), dense(128), leakyRelu(0.2), dense(1)),
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  penalties: [penalties.r1({ weight: 0.1 })],
  optimizers: { generator: adam({ lr: 1e-3, beta1: 0.5 }), discriminator: adam({ lr: 1e-3, beta1: 0.5 }) },
  batch: 256,
  steps: 5000,
  seed: 1,
})
