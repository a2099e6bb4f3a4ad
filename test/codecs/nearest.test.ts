import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distance, nearest } from '../../src/codecs/nearest.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })

describe('the distance of words', () => {
  it('is a metric', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(distance(a, b) === 0).toBe(a === b)
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c))
      }),
    )
  })

  it('is 1 after one edit', () => {
    fc.assert(
      fc.property(word, fc.nat(6), (a, i) => {
        expect(distance(a, `${a.slice(0, i)}x${a.slice(i)}`)).toBe(1)
        if (i < a.length) expect(distance(a, `${a.slice(0, i)}x${a.slice(i + 1)}`)).toBe(1)
      }),
    )
  })
})

describe('the nearest word', () => {
  it('is one that can have been meant', () => {
    expect(nearest('sigmiod', ['softplus', 'sigmoid', 'sign'])).toBe('sigmoid')
    expect(nearest('Dense', ['dense', 'dropout'])).toBe('dense')
    expect(nearest('transformer', ['dense', 'dropout'])).toBeUndefined()
    expect(nearest('x'.repeat(100_000), ['dense'])).toBeUndefined()
  })
})
