import { describe, it } from 'vitest'
import { playGaussian } from './gaussianGame.ts'
import { expectNearEquilibrium } from './nearEquilibrium.ts'

describe('a game on the line', () => {
  it.each([1, 2])('ends near equilibrium, seed %d', async (seed) => expectNearEquilibrium(await playGaussian(seed)))
})
