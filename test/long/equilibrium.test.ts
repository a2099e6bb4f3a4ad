import { expect, it } from 'vitest'
import { playGaussian } from '../measure/gaussianGame.ts'
import { shortcomings } from '../measure/nearEquilibrium.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

it('a game on the line ends near equilibrium for at least 18 of 20 seeds', async () => {
  const missed: string[] = []
  for (const seed of seeds) {
    const outcome = await playGaussian(seed)
    const short = shortcomings(outcome)
    if (short.length > 0) missed.push(`seed ${seed}: not ${short.join(', not ')}: ${JSON.stringify(outcome)}`)
  }
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(2)
}, 600_000)
