// expect: write a layer without options without (): relu, not relu()
import { dense, input, pipe, relu } from 'saddlepoint'

export default pipe(
  input([2]),
  dense(64),
  relu(), // <--
  dense(1),
)
