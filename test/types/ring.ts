// What the files that must not compile have in common: a small game that does.
import { pipe } from '#fp-ts/function'
import { add, log, relu, sub } from '../../src/dsl/elementwise.ts'
import { network, sample, source } from '../../src/dsl/handle.ts'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { maximise, minimise, simultaneous } from '../../src/dsl/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { E } from '../../src/dsl/statistics.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { adam } from '../../src/optimizers/adam.ts'

export const generator = pipe(input([16]), dense(128), relu, dense(2))
export const discriminator = pipe(input([2]), dense(128), leakyRelu(0.2), dense(1))
export const rate = adam({ lr: 1e-3 })
const play = { batch: 256, steps: 100, seed: 1 }
const optimizers = { generator: rate, discriminator: rate }

/** What `gan` takes beside the two networks. */
export const rest = {
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: nonSaturating,
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
