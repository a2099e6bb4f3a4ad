import { expect, it } from 'vitest'
import { ringCoverage } from './ringCoverage.ts'

// A slice of the campaign over ten seeds in test/long.
it('the ring example finds 8 of 8 modes, with at least 85 % of its samples of high quality', async () => {
  const { found, highQuality } = await ringCoverage(2)
  expect(found).toBe(8)
  expect(highQuality).toBeGreaterThanOrEqual(0.85)
}, 300_000)
