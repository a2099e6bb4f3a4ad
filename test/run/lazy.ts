import {
  adam,
  add,
  alternating,
  dense,
  E,
  every,
  exponentialAverage,
  game,
  grad,
  input,
  leakyRelu,
  log,
  maximise,
  mul,
  network,
  noiseInjection,
  normal,
  pathLengthOf,
  pipe,
  ring,
  sample,
  sigmoid,
  source,
  square,
  sub,
  sum,
  truncation,
} from '../../src/index.ts'
import type { GameSpec } from '../../src/spec/spec.ts'

const M = network('M', pipe(input([3]), dense(4), leakyRelu(0.2), truncation({ decay: 0.9 })))
const G = network('G', pipe(input([4]), dense(4), noiseInjection, leakyRelu(0.2), dense(2)))
const D = network('D', pipe(input([2]), dense(5), leakyRelu(0.2), dense(1), sigmoid))
const data = source('data', ring({ modes: 3, radius: 1, std: 0.1 }))
const latent = source('latent', normal([3]))

const x = sample(data)
const w = M(sample(latent))
const fake = G(w)
const r1 = mul(0.5, E(sum(square(grad(D(x), x)))))
const rate = adam({ lr: 0.01, beta1: 0 })

/** Two players who pay penalties now and then: R1 at every fourth step, and the path length, which has memory, at every other one. */
export const lazyGame: GameSpec = game({
  networks: { M, G, D },
  sources: { data, latent },
  players: {
    discriminator: maximise(sub(add(E(log(D(x))), E(log(sub(1, D(fake))))), every(4, r1)), 'D'),
    generator: maximise(sub(E(log(D(fake))), every(2, pathLengthOf(fake, w, [2], { weight: 2 }))), 'M', 'G'),
  },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  averages: { M: exponentialAverage({ decay: 0.9 }), G: exponentialAverage({ decay: 0.9 }) },
  batch: 8,
  steps: 22,
  seed: 1,
})
