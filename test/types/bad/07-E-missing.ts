// expect: an objective is one number, but this is one per sample: average it over the batch with E(...)
import { log, maximise } from 'saddlepoint'
import { D, x } from '../ring.ts'

export default maximise(
  log(D(x)), // <--
  'D',
)
