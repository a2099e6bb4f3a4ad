// expect: the generator makes [2], but the discriminator takes [3]
import { dense, gan, input, pipe, relu } from 'saddlepoint'
import { generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator: pipe(input([3]), dense(64), relu, dense(1)), // <--
})
