// expect: is E applied twice?
import { E } from 'saddlepoint'
import { D, x } from '../ring.ts'

export default E(
  E(D(x)), // <--
)
