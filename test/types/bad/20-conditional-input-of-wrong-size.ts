// expect: C takes [10], but this is [16]
import { pipe } from '#fp-ts/function'
import { network, sample } from '../../../src/dsl/handle.ts'
import { concat } from '../../../src/dsl/layers/concat.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { latent } from '../ring.ts'

const C = network('C', pipe(concat(input([16], 'z'), input([10], 'label')), dense(2)))
export default C({
  z: sample(latent),
  label: sample(latent), // <--
})
