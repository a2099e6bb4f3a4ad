// expect: write a layer without options without (): relu, not relu()
import { dense, flatten, input, pipe } from 'saddlepoint'

export default pipe(
  input([2, 2]),
  flatten(), // <--
  dense(1),
)
