import {
  adam,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  type GameSpec,
  gan,
  input,
  leakyRelu,
  losses,
  normal,
  pipe,
  relu,
  reshape,
  ring,
  tanh,
  tensor,
} from 'saddlepoint'

/** Games that train in seconds on a graphics card in software. */

const rate = adam({ lr: 1e-3, beta1: 0.5 })
const play = {
  loss: losses.nonSaturating,
  optimizers: { generator: rate, discriminator: rate },
  batch: 16,
  steps: 12,
  seed: 1,
}

const points = gan({
  generator: pipe(input([4]), dense(16), relu, dense(16), relu, dense(2)),
  discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(16), leakyRelu(0.2), dense(1)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  ...play,
})

const half = { kernel: 4, stride: 2 } as const

/** Stripes, at an angle for each image. */
const stripes = Array.from({ length: 32 * 64 }, (_, i) => Math.sin((i % 8) + ((i >> 3) % 8) * Math.floor(i / 64) * 0.1))

const images = gan({
  generator: pipe(
    input([8]),
    dense(2 * 2 * 16),
    relu,
    reshape([2, 2, 16]),
    convTranspose2d({ filters: 8, ...half }),
    relu,
    convTranspose2d({ filters: 1, ...half }),
    tanh,
  ),
  discriminator: pipe(
    input([8, 8, 1]),
    conv2d({ filters: 8, ...half }),
    leakyRelu(0.2),
    conv2d({ filters: 16, ...half }),
    leakyRelu(0.2),
    flatten,
    dense(1),
  ),
  latent: normal([8]),
  data: tensor({ shape: [8, 8, 1], values: stripes }),
  ...play,
})

export const games = { ring: points, images } satisfies { readonly [name: string]: GameSpec }
export type Game = keyof typeof games
