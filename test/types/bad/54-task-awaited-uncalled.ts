// expect: nothing runs until the task is called: write await train(game)()
import { gan, train } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const spec = gan({ ...rest, generator, discriminator })
export default async () =>
  await train(spec) // <--
