import { describe, expect, it } from 'vitest'
import { estimate } from '../../src/measure/estimate.ts'

describe('estimate', () => {
  it('is the mean and its standard error', () => {
    expect(estimate(Float32Array.of(1, 2, 3, 6))).toEqual({ value: 3, standardError: Math.sqrt(14 / 3 / 4) })
  })
})
