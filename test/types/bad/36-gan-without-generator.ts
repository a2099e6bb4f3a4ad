// expect: this gan has no generator: write generator: pipe(input([16]), dense(64), relu, dense(2))
import { gan } from 'saddlepoint'
import { discriminator, rest } from '../ring.ts'

export default gan(
  { ...rest, discriminator }, // <--
)
