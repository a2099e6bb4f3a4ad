import { describe, expect, it } from 'vitest'
import { playGaussian } from './gaussianGame.ts'
import { shortcomings } from './nearEquilibrium.ts'

describe('a game on the line', () => {
  it.each([1, 2])('ends near equilibrium, seed %d', async (seed) => {
    expect(shortcomings(await playGaussian(seed))).toEqual([])
  })
})
