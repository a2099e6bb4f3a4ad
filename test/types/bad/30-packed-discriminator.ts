// expect: the generator makes [2], which is [6] packed by 3, but the discriminator takes [2]
import { dense, gan, input, pipe, relu } from 'saddlepoint'
import { generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator: pipe(input([2]), dense(64), relu, dense(1)), // <--
  packing: 3,
})
