import { test } from 'vitest'
import { damage } from '../reliability/damage.ts'

test('every bit of a checkpoint flipped, and the file cut at every byte', async () => {
  console.log(`${await damage(1, [0, 1, 2, 3, 4, 5, 6, 7])} files refused`)
}, 600_000)
