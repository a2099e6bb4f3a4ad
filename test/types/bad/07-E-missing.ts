// expect: an objective is one number, but this is one per sample: average it over the batch with E(...)
import { log } from '../../../src/dsl/elementwise.ts'
import { maximise } from '../../../src/dsl/player.ts'
import { D, x } from '../ring.ts'

export default maximise(
  log(D(x)), // <--
  'D',
)
