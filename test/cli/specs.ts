/** A small game as a user would write it. */
export const ringSource = `import { adam, dense, gan, input, leakyRelu, losses, normal, pipe, relu, ring } from 'saddlepoint'

const rate: { lr: number } = { lr: 1e-3 }

export default gan({
  generator: pipe(input([4]), dense(16), relu, dense(2)),
  discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(1)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers: { generator: adam(rate), discriminator: adam(rate) },
  batch: 32,
  steps: 20,
  seed: 1,
})
`

/** The same without types. */
export const ringScript = ringSource.replace(': { lr: number }', '')
