// expect: gan takes networks of one input, but this has several: write a game(...)
import { concat, dense, gan, input, pipe } from 'saddlepoint'
import { discriminator, rest } from '../ring.ts'

export default gan({
  ...rest,
  discriminator,
  generator: pipe(concat(input([16], 'z'), input([10], 'label')), dense(2)), // <--
})
