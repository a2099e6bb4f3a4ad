import { expect, test } from 'vitest'
import { tenths } from '../run/growth.ts'

test('100,000 steps neither slow down nor need more memory', { timeout: 600_000 }, async () => {
  const parts = await tenths(100_000)
  const [early = Number.NaN, late = Number.NaN] = [parts.slice(1, 5), parts.slice(-4)].map((some) =>
    Math.min(...some.map(({ time }) => time)),
  )
  expect(late / early).toBeLessThan(1.3)
  const memory = parts.slice(1).map((part) => part.memory)
  expect((memory.at(-1) ?? Number.NaN) - (memory[0] ?? Number.NaN)).toBeLessThan(20)
})
