// expect: gan takes networks of one output, but this has several: write a game(...)
import { dense, gan, input, outputs, pipe, share } from 'saddlepoint'
import { generator, rest } from '../ring.ts'

const heads = share((h) => outputs({ real: pipe(h, dense(1)), label: pipe(h, dense(10)) }))
export default gan({
  ...rest,
  generator,
  discriminator: pipe(input([2]), dense(8), heads), // <--
})
