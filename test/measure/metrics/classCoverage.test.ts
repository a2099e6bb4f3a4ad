import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageOf, largestOfEach } from '../../../src/measure/metrics/classCoverage.ts'

describe('classCoverage', () => {
  it('has a KL of log(classes / found) where samples fall evenly on some of the classes', () => {
    const counts = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(counts, counts, counts, (a, b, times) => {
        const [count, found] = [Math.max(a, b), Math.min(a, b)]
        const samples = Array.from({ length: found * times }, (_, i) => i % found)
        const covered = coverageOf(samples, count)
        expect(covered.found).toBe(found)
        expect(covered.kl).toBeCloseTo(Math.log(count / found), 10)
      }),
    )
  })

  it('is never negative, and does not depend on the order of samples', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 100 }), (samples) => {
        const covered = coverageOf(samples, 10)
        expect(covered.kl).toBeGreaterThan(-1e-12)
        const back = coverageOf(samples.toReversed(), 10)
        expect(back.found).toBe(covered.found)
        expect(back.kl).toBeCloseTo(covered.kl, 10)
      }),
    )
  })
})

describe('largestOfEach', () => {
  it('finds what a row has nothing above', () => {
    const rows = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.array(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 8,
      }),
    )
    fc.assert(
      fc.property(rows, (scores) => {
        const places = largestOfEach(Float32Array.from(scores.flat()), scores[0]?.length ?? 1)
        expect(places.map((place, i) => scores[i]?.[place])).toEqual(scores.map((row) => Math.max(...row)))
      }),
    )
  })
})
