// What the files that must not compile have in common: a small game that does.
import {
  adam,
  add,
  dense,
  E,
  input,
  leakyRelu,
  log,
  losses,
  maximise,
  minimise,
  network,
  normal,
  pipe,
  relu,
  ring,
  sample,
  simultaneous,
  source,
  sub,
} from 'saddlepoint'

export const generator = pipe(input([16]), dense(128), relu, dense(2))
export const discriminator = pipe(input([2]), dense(128), leakyRelu(0.2), dense(1))
export const rate = adam({ lr: 1e-3 })
const play = { batch: 256, steps: 100, seed: 1 }
const optimizers = { generator: rate, discriminator: rate }

/** What `gan` takes beside the two networks. */
export const rest = {
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers,
  ...play,
}

export const G = network('G', generator)
export const D = network('D', discriminator)
export const Q = network('Q', pipe(input([2]), dense(10)))
export const data = source('data', rest.data)
export const latent = source('latent', rest.latent)
export const x = sample(data)
export const fake = G(sample(latent))
export const V = add(E(log(D(x))), E(log(sub(1, D(fake)))))
export const players = { discriminator: maximise(V, 'D'), generator: minimise(V, 'G') }

/** What `game` takes beside players and optimizers. */
export const base = { networks: { G, D }, sources: { data, latent }, dynamics: simultaneous, ...play }
