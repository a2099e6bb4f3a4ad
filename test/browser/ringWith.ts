import {
  adam,
  dense,
  type GameSpec,
  gan,
  input,
  type Loss,
  leakyRelu,
  normal,
  type Penalty,
  pipe,
  relu,
  ring,
  schedules,
} from 'saddlepoint'

/** What `examples/ring.ts` declares. */
export const ringWith = (loss: Loss, penalty: Penalty): GameSpec => {
  const rate = adam({ lr: schedules.linear({ from: 2e-3 }), beta1: 0 })
  return gan({
    generator: pipe(input([16]), dense(128), relu, dense(128), relu, dense(2)),
    discriminator: pipe(input([2]), dense(128), leakyRelu(0.2), dense(128), leakyRelu(0.2), dense(1)),
    latent: normal([16]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    loss,
    penalties: [penalty],
    optimizers: { generator: rate, discriminator: rate },
    batch: 256,
    steps: 8000,
    seed: 1,
  })
}
