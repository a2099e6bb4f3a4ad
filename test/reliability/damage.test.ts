import { expect, test } from 'vitest'
import { damage, mistake } from './damage.ts'

test('a damaged checkpoint of a run is refused by name, and the one before it offered', async () => {
  expect(await damage(17, [0, 7])).toBeGreaterThan(50)
})

test('so is one of a newer version, of another step, or of another spec', mistake)
