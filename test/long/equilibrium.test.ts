import { describe, it } from 'vitest'
import { playGaussian } from '../analysis/gaussianGame.ts'
import { expectNearEquilibrium } from '../analysis/nearEquilibrium.ts'

describe('a game on the line', () => {
  it.each(Array.from({ length: 18 }, (_, i) => i + 3))('ends near equilibrium, seed %d', async (seed) =>
    expectNearEquilibrium(await playGaussian(seed)),
  )
})
