import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { provenanceRows } from '../../../src/cli/show/provenanceRows.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { linear } from '../../../src/dsl/terms/schedules.ts'
import { gradientPenalty } from '../../../src/losses/gradientPenalty.ts'
import { leastSquares } from '../../../src/losses/leastSquares.ts'
import { adam } from '../../../src/optimizers/adam.ts'
import { gan } from '../../../src/spec/gan.ts'
import { flipLabels } from '../../../src/views/flipLabels.ts'
import { instanceNoise } from '../../../src/views/instanceNoise.ts'

const rate = adam({ lr: 1e-3 })

test('says what the call of gan said', () => {
  const { provenance } = gan({
    generator: pipe(input([4]), dense(2)),
    discriminator: pipe(input([4]), dense(1)),
    latent: normal([4]),
    data: normal([2]),
    packing: 2,
    loss: flipLabels({ probability: linear({ from: 0.2, over: 50 }) })(leastSquares()),
    penalties: [gradientPenalty({ weight: 3 })],
    views: [instanceNoise({ std: 0.1 })],
    optimizers: { generator: rate, discriminator: rate },
    batch: 4,
    steps: 1,
    seed: 1,
  })
  const rows = provenance === undefined ? [] : provenanceRows(provenance, 'text')
  expect(rows).toEqual([
    ['loss', 'leastSquares, a 0, b 1, c 1'],
    ['changed by', 'flipLabels, probability 0.2 − 0.2 · min(1, step / 50)'],
    ["D's penalties", 'gradientPenalty, weight 3, center 1'],
    ['views', 'instanceNoise, std 0.1'],
    ['D', 'network D of player discriminator'],
    ['G', 'network G of player generator'],
    ['real samples', 'data.x'],
    ['latent', 'latent.x'],
    ['packing', 'D scores 2 samples at once'],
  ])
})
