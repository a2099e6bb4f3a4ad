// expect: is E applied twice?
import { E } from '../../../src/dsl/statistics.ts'
import { D, x } from '../ring.ts'

export default E(
  E(D(x)), // <--
)
