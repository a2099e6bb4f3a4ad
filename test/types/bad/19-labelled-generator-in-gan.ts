// expect: gan takes networks of one input, but this has several: write a game(...)
import { pipe } from '#fp-ts/function'
import { gan } from '../../../src/dsl/gan.ts'
import { concat } from '../../../src/dsl/layers/concat.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { discriminator, rest } from '../ring.ts'

export default gan({
  ...rest,
  discriminator,
  generator: pipe(concat(input([16], 'z'), input([10], 'label')), dense(2)), // <--
})
