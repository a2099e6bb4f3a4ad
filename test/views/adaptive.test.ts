import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { type View, view } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { add } from '../../src/dsl/terms/elementwise.ts'
import { scalar } from '../../src/dsl/terms/expression.ts'
import * as losses from '../../src/losses/losses.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { gan } from '../../src/spec/gan.ts'
import { adaptive } from '../../src/views/adaptive.ts'
import { type Chance, perhaps } from '../../src/views/chance.ts'
import { compiled, only, played, someDraws, someState } from '../compile/playing.ts'

const by = sgd({ lr: 0 })
/** With the probability, every number of a sample is 10 more. */
const far = (chance: Chance): View =>
  view((sample, { draw }) => add(sample, perhaps(chance, draw, add(noise('uniform', [], draw), scalar(10)))))

const rise = 0.25
const game = compiled(
  gan({
    generator: pipe(input([1]), dense(1)),
    discriminator: pipe(input([1]), dense(1)),
    latent: normal([1]),
    data: normal([1]),
    loss: losses.nonSaturating,
    views: [adaptive((probability) => [far({ probability })], { rise, target: 0.5 })],
    optimizers: { generator: by, discriminator: by },
    batch: 4,
    steps: 1,
    seed: 1,
  }),
)
const slot = 'discriminator/augmentation'
const number = fc.double({ min: -1, max: 1, noNaN: true })

test('the probability rises where D is too sure of data as it sees them, falls where it is not, and stays from 0 to 1', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(-1, 1),
      fc.array(number, { minLength: 4, maxLength: 4 }),
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (probability, k, data, chances) => {
        const [state, draws] = [someState(game), someDraws(game.step)]
        const given = {
          ...state,
          'D/1.dense/kernel': Float64Array.of(k),
          'D/1.dense/bias': Float64Array.of(0),
          [slot]: Float64Array.of(probability),
        }
        const drawn = {
          ...draws,
          'discriminator/0/data.x': Float64Array.from(data),
          'discriminator/0/noise/adaptive-chance': Float64Array.from(chances),
          'discriminator/0/noise/adaptive': new Float64Array(4),
        }
        const seen = data.map((x, i) => x + (probability > (chances[i] ?? 0) ? 10 : 0))
        const mean = seen.reduce((sum, x) => sum + Math.sign(k * x), 0) / 4
        const expected = Math.min(1, Math.max(0, probability + rise * Math.sign(mean - 0.5)))
        expect(only(played(game, given, drawn).state[slot])).toBeCloseTo(expected, 12)
      },
    ),
  )
})

test('it begins at 0', () => {
  expect(game.state.find(({ name }) => name === slot)?.start).toEqual({ type: 'value', value: 0 })
})
