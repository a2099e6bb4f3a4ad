import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import * as losses from '../../src/losses/losses.ts'
import { drawPicture } from '../../src/measure/picture.ts'
import { summarise } from '../../src/measure/summary.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { sampleQuery } from '../../src/run/sampler.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { instanceNoise } from '../../src/views/instanceNoise.ts'
import * as views from '../../src/views/views.ts'
import { ready, right, trained } from '../measure/ready.ts'

const rate = adam({ lr: 1e-3, beta1: 0.5 })
const rest = {
  generator: pipe(input([4]), dense(16), relu, dense(2)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers: { generator: rate, discriminator: rate },
  batch: 32,
  steps: 50,
  seed: 1,
}
const discriminator = pipe(input([2]), dense(16), leakyRelu(0.2), dense(1))
const pairs = pipe(input([4]), dense(16), leakyRelu(0.2), dense(1))
const noisy = instanceNoise({ std: 0.1 })

const games: { readonly [name: string]: GameSpec } = {
  noise: gan({ ...rest, discriminator, views: [noisy] }),
  adaptive: gan({
    ...rest,
    discriminator,
    views: [views.adaptive((probability) => [instanceNoise({ std: probability })], { rise: 0.01 })],
  }),
  'flipped labels, with noise': gan({
    ...rest,
    discriminator,
    loss: flipLabels({ probability: 0.1 })(losses.nonSaturating),
    views: [noisy],
  }),
  packs: gan({ ...rest, discriminator: pairs, packing: 2 }),
  'packs of flipped labels': gan({
    ...rest,
    discriminator: pairs,
    loss: flipLabels({ probability: 0.1 })(losses.nonSaturating),
    packing: 2,
  }),
}

describe('a game whose D sees otherwise is sampled, drawn and measured as any', () => {
  test.each(Object.entries(games))('%s', async (_, game) => {
    const after = await trained(await ready(game))
    expect(E.isRight(sampleQuery(after.compiled))).toBe(true)
    expect(E.isRight(right(await drawPicture(after)()))).toBe(true)
    const summary = right(await summarise({ ...after, samples: 64, steps: 5 })())
    expect(E.isRight(summary.modes)).toBe(true)
  })
})
