// expect: the generator makes [2], but the discriminator takes [3]
import { pipe } from '#fp-ts/function'
import { relu } from '../../../src/dsl/elementwise.ts'
import { gan } from '../../../src/dsl/gan.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator: pipe(input([3]), dense(64), relu, dense(1)), // <--
})
