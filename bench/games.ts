import {
  adam,
  batchNorm,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  gan,
  input,
  leakyRelu,
  losses,
  normal,
  penalties,
  pipe,
  relu,
  reshape,
  ring,
  tanh,
  tensor,
} from '../src/index.ts'

/** The games that are timed. A step is one update of the discriminator and one of the generator, each with fresh draws. */

const fast = adam({ lr: 1e-3, beta1: 0.5 })
/** Radford et al. 2016. */
const careful = adam({ lr: 2e-4, beta1: 0.5 })

const play = { optimizers: { discriminator: fast, generator: fast }, steps: 1_000_000, seed: 1 }
const classic = { loss: losses.nonSaturating }
/** Gulrajani et al. 2017, with one step of the critic. */
const wassersteinPenalised = { loss: losses.wasserstein, penalties: [penalties.gradientPenalty({ weight: 10 })] }

const perceptrons = (width: number) => ({
  generator: pipe(input([16]), dense(width), relu, dense(width), relu, dense(2)),
  discriminator: pipe(input([2]), dense(width), leakyRelu(0.2), dense(width), leakyRelu(0.2), dense(1)),
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  batch: 256,
  ...play,
})

const half = { kernel: 4, stride: 2 } as const

/** Noise in memory does for images: a step takes the same time. */
const noiseImages = (count: number, pixels: number) =>
  Array.from({ length: count * pixels }, (_, i) => ((i * 2_654_435_761) % 2 ** 32) / 2 ** 31 - 1)

const convolutional = () => ({
  generator: pipe(
    input([64]),
    dense(3136),
    relu,
    reshape([7, 7, 64]),
    convTranspose2d({ filters: 32, ...half }),
    relu,
    convTranspose2d({ filters: 1, ...half }),
    tanh,
  ),
  discriminator: pipe(
    input([28, 28, 1]),
    conv2d({ filters: 32, ...half }),
    leakyRelu(0.2),
    conv2d({ filters: 64, ...half }),
    leakyRelu(0.2),
    flatten,
    dense(1),
  ),
  latent: normal([64]),
  data: tensor({ shape: [28, 28, 1], values: noiseImages(128, 28 * 28) }),
  batch: 64,
  ...play,
})

const deep = { ...half, bias: false } as const

/** Radford et al. 2016, figure 1, with 64 to 512 channels. */
const dcgan = () =>
  gan({
    generator: pipe(
      input([100]),
      dense(8192, { bias: false }),
      reshape([4, 4, 512]),
      batchNorm,
      relu,
      convTranspose2d({ filters: 256, ...deep }),
      batchNorm,
      relu,
      convTranspose2d({ filters: 128, ...deep }),
      batchNorm,
      relu,
      convTranspose2d({ filters: 64, ...deep }),
      batchNorm,
      relu,
      convTranspose2d({ filters: 3, ...half }),
      tanh,
    ),
    discriminator: pipe(
      input([64, 64, 3]),
      conv2d({ filters: 64, ...half }),
      leakyRelu(0.2),
      conv2d({ filters: 128, ...deep }),
      batchNorm,
      leakyRelu(0.2),
      conv2d({ filters: 256, ...deep }),
      batchNorm,
      leakyRelu(0.2),
      conv2d({ filters: 512, ...deep }),
      batchNorm,
      leakyRelu(0.2),
      flatten,
      dense(1),
    ),
    latent: normal([100]),
    data: tensor({ shape: [64, 64, 3], values: noiseImages(128, 64 * 64 * 3) }),
    batch: 64,
    ...play,
    ...classic,
    optimizers: { discriminator: careful, generator: careful },
  })

/** Made when asked for: a contestant's cold start is that of its own game. */
export const games = {
  W1: () => gan({ ...perceptrons(128), ...classic }),
  W2: () => gan({ ...convolutional(), ...classic }),
  W3: () => gan({ ...perceptrons(128), ...wassersteinPenalised }),
  W4: () => gan({ ...convolutional(), ...wassersteinPenalised }),
  'W5-512': () => gan({ ...perceptrons(512), ...classic }),
  'W5-1024': () => gan({ ...perceptrons(1024), ...classic }),
  W6: dcgan,
}

export type Workload = keyof typeof games

export const isWorkload = (name: string): name is Workload => Object.hasOwn(games, name)
