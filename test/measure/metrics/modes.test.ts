import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Component } from '../../../src/dsl/sources/source.ts'
import { coverage } from '../../../src/measure/metrics/modes.ts'

/** Modes on a line of unit steps, narrow enough to lie 10 standard deviations apart. */
const components = (count: number): readonly Component[] =>
  Array.from({ length: count }, (_, i) => ({ mean: [i, 0], std: [0.1, 0.05], weight: 1 / count }))

/** A sample that lies so many standard deviations from a mode. */
const near = (mode: number, distance: number, angle: number): readonly number[] => [
  mode + 0.1 * distance * Math.cos(angle),
  0.05 * distance * Math.sin(angle),
]

const angles = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true })
const within = fc.double({ min: 0, max: 2.99, noNaN: true })
const beyond = fc.double({ min: 3.01, max: 4.5, noNaN: true })
const counts = fc.integer({ min: 1, max: 9 })

const cases = counts.chain((count) =>
  fc.record({
    count: fc.constant(count),
    good: fc.array(fc.tuple(fc.nat(count - 1), within, angles), { minLength: 1, maxLength: 30 }),
    bad: fc.array(fc.tuple(fc.nat(count - 1), beyond, angles), { maxLength: 30 }),
  }),
)

describe('coverage', () => {
  it('counts samples within 3 standard deviations, and the modes that have one', () => {
    fc.assert(
      fc.property(cases, ({ count, good, bad }) => {
        const samples = [...good, ...bad].map((each) => near(...each))
        const found = coverage(components(count), Float32Array.from(samples.flat()))
        expect(found.samples).toBe(samples.length)
        expect(found.modes).toBe(count)
        expect(found.found).toBe(new Set(good.map(([mode]) => mode)).size)
        expect(found.highQuality).toBeCloseTo(good.length / samples.length, 10)
      }),
    )
  })

  it('does not depend on the order of samples or modes', () => {
    fc.assert(
      fc.property(cases, ({ count, good, bad }) => {
        const samples = [...good, ...bad].map((each) => near(...each))
        const forth = coverage(components(count), Float32Array.from(samples.flat()))
        const back = coverage(components(count).toReversed(), Float32Array.from(samples.toReversed().flat()))
        expect({ ...back, reverseKl: 0 }).toEqual({ ...forth, reverseKl: 0 })
        expect(back.reverseKl).toBeCloseTo(forth.reverseKl, 10)
      }),
    )
  })

  it('has a reverse KL of log(modes / found) where samples fall evenly on some of the modes', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [count, found] = [Math.max(a, b), Math.min(a, b)]
        const samples = Array.from({ length: 4 * found }, (_, i) => near(i % found, 1, i))
        expect(coverage(components(count), Float32Array.from(samples.flat())).reverseKl).toBeCloseTo(
          Math.log(count / found),
          10,
        )
      }),
    )
  })

  it('takes samples that are no numbers for bad ones', () => {
    const found = coverage(components(2), Float32Array.of(NaN, 0, Infinity, 0, 1, 0))
    expect(found).toMatchObject({ samples: 3, found: 1, highQuality: 1 / 3 })
  })
})
