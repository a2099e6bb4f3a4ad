import { expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { ring } from '../../../src/dsl/sources/ring.ts'
import * as losses from '../../../src/losses/losses.ts'
import { measure } from '../../../src/measure/metrics/measure.ts'
import { summarise } from '../../../src/measure/summary.ts'
import { sgd } from '../../../src/optimizers/sgd.ts'
import { gan } from '../../../src/spec/gan.ts'
import { ready, right } from '../ready.ts'

const points = () =>
  ready(
    gan({
      generator: pipe(input([4]), dense(2)),
      discriminator: pipe(input([2]), dense(1)),
      latent: normal([4]),
      data: ring({ modes: 8, radius: 2, std: 0.02 }),
      loss: losses.minimax,
      optimizers: { generator: sgd({ lr: 0 }), discriminator: sgd({ lr: 0 }) },
      batch: 64,
      steps: 1,
      seed: 1,
    }),
  )

it('measures what is asked for alone, as the summary does', async () => {
  const at = await points()
  const found = right(await measure(at, ['modes'])())
  expect(Object.keys(found)).toEqual(['modes'])
  expect(found.modes).toEqual(right(await summarise({ ...at, samples: 64, steps: 0 })()).modes)
})

it('counts in as many samples as it is told', async () => {
  const found = right(await measure({ ...(await points()), count: 100 }, ['modes'])())
  expect(right(found.modes).generated.samples).toBe(100)
})

it('says what a metric needs where it is missing, and measures where it is given', async () => {
  const at = await points()
  expect(right(await measure(at, ['classCoverage'])()).classCoverage).toMatchObject(
    E.left({ message: 'no classifier was given' }),
  )
  // Which side of the first axis a point is on.
  const classify = (values: Float32Array, count: number) =>
    TE.right(Array.from({ length: count }, (_, i) => ((values[2 * i] ?? Number.NaN) > 0 ? 1 : 0)))
  const given = { ...at, count: 3_000, classifier: { classes: 2, classify } }
  expect(right(right(await measure(given, ['classCoverage'])()).classCoverage)).toMatchObject({
    samples: 3_000,
    classes: 2,
    found: 2,
  })
})
