// expect: write a layer without options without (): relu, not relu()
import { batchNorm, dense, input, pipe } from 'saddlepoint'

export default pipe(
  input([2]),
  dense(64),
  batchNorm(), // <--
  dense(1),
)
