import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'

const rate = adam({ lr: 1e-3, beta1: 0.5 })

/** A game small enough for a test, with all that a GAN has. */
export const smallRing: GameSpec = gan({
  generator: pipe(input([4]), dense(16), relu, dense(2)),
  discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(1)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: nonSaturating,
  optimizers: { generator: rate, discriminator: rate },
  batch: 32,
  steps: 200,
  seed: 1,
})
