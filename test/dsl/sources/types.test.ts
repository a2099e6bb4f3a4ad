import { expectTypeOf, it } from 'vitest'
import { csv } from '../../../src/dsl/sources/csv.ts'
import { discrete } from '../../../src/dsl/sources/discrete.ts'
import { gaussian } from '../../../src/dsl/sources/gaussian.ts'
import { idx } from '../../../src/dsl/sources/idx.ts'
import { mixture } from '../../../src/dsl/sources/mixture.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { ring } from '../../../src/dsl/sources/ring.ts'
import type { Source } from '../../../src/dsl/sources/source.ts'
import { tensor } from '../../../src/dsl/sources/tensor.ts'

/** The shapes that the type of a source says its fields have. */
type FieldsOf<S> = S extends Source<infer F> ? F : never
type Image = readonly [28, 28, 1] | [28, 28, 1]

it('the type of a source has the shapes of its fields', () => {
  expectTypeOf<FieldsOf<ReturnType<typeof makeNormal>>['x']>().toExtend<readonly [16]>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeRing>>>().toEqualTypeOf<{ readonly x: [2] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeLabelledRing>>>().toEqualTypeOf<{
    readonly x: [2]
    readonly label: [8]
  }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeMixture>>>().toEqualTypeOf<{ readonly x: [2] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeLine>>>().toEqualTypeOf<{ readonly x: [1] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makePlane>>>().toEqualTypeOf<{ readonly x: [2] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeDiscrete>>>().toEqualTypeOf<{ readonly x: [3] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeRows>>>().toEqualTypeOf<{ readonly x: [1] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeCsv>>>().toEqualTypeOf<{ readonly x: [2] }>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeIdx>>['x']>().toExtend<Image>()
  expectTypeOf<FieldsOf<ReturnType<typeof makeIdx>>['label']>().toEqualTypeOf<[10]>()
  expectTypeOf<keyof FieldsOf<ReturnType<typeof makeTensor>>>().toEqualTypeOf<'x'>()
})

const makeNormal = () => normal([16])
const makeRing = () => ring({ modes: 8, radius: 2, std: 0.02 })
const makeLabelledRing = () => ring({ modes: 8, radius: 2, std: 0.02, labels: true })
const makeMixture = () =>
  mixture({
    means: [
      [0, 1],
      [2, 3],
    ],
    std: 1,
  })
const makeLine = () => gaussian({ mean: 0, std: 1 })
const makePlane = () => gaussian({ mean: [0, 1], std: 1 })
const makeDiscrete = () => discrete({ probabilities: [0.5, 0.25, 0.25] })
const makeRows = () => discrete({ probabilities: [0.5, 0.5], values: [[-1], [1]] })
const makeCsv = () => csv({ path: 'points.csv', columns: ['a', 'b'] })
const makeIdx = () => idx({ images: 'images', labels: 'labels', shape: [28, 28, 1], classes: 10 })
const makeTensor = () => tensor({ shape: [1], values: [1, 2] })
