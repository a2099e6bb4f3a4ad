import { describe, expect, it } from 'vitest'
import { ringCoverage } from '../run/ringCoverage.ts'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('the ring example, seeds 1 to 10', () => {
  it(
    'finds 8 of 8 modes with at least 85 % of high quality for at least 9 of them',
    async () => {
      const results = []
      for (const seed of seeds) {
        const { found, highQuality } = await ringCoverage(seed)
        console.log(`seed ${seed}: ${found} of 8 modes, ${(100 * highQuality).toFixed(1)} % of high quality`)
        results.push({ found, highQuality })
      }
      expect(
        results.filter(({ found, highQuality }) => found === 8 && highQuality >= 0.85).length,
      ).toBeGreaterThanOrEqual(9)
    },
    30 * 60_000,
  )
})
