// expect: a list of sizes: write input([4]), not input(4)
import { input } from 'saddlepoint'

export default input(
  4, // <--
)
