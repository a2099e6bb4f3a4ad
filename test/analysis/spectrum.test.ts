import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eigenvalues, spectralRadius } from '../../src/analysis/spectrum.ts'

const entry = fc.double({ min: -3, max: 3, noNaN: true })
const square = fc
  .integer({ min: 1, max: 6 })
  .chain((n) => fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }))

const trace = (matrix: readonly (readonly number[])[]): number => matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)
const product = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  a.map((row) => row.map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? 0), 0)))

describe('eigenvalues', () => {
  it('add up to the trace, their squares to that of the square, and are real or come in pairs', async () => {
    await fc.assert(
      fc.asyncProperty(square, async (matrix) => {
        const found = await eigenvalues(matrix)()
        expect(found.length).toBe(matrix.length)
        expect(found.reduce((sum, { re }) => sum + re, 0)).toBeCloseTo(trace(matrix), 6)
        expect(found.reduce((sum, { im }) => sum + im, 0)).toBeCloseTo(0, 6)
        expect(found.reduce((sum, { re, im }) => sum + re * re - im * im, 0)).toBeCloseTo(
          trace(product(matrix, matrix)),
          5,
        )
        expect([...found].sort((a, b) => b.re - a.re || b.im - a.im)).toEqual(found)
      }),
    )
  })

  it('of a rotation that shrinks lie on a circle', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        async (r, angle) => {
          const [cos, sin] = [r * Math.cos(angle), r * Math.sin(angle)]
          const rotation = [
            [cos, -sin],
            [sin, cos],
          ]
          const [first, second] = await eigenvalues(rotation)()
          expect(first?.re).toBeCloseTo(cos, 9)
          expect(first?.im).toBeCloseTo(Math.abs(sin), 9)
          expect(second?.im).toBeCloseTo(-Math.abs(sin), 9)
          expect(await spectralRadius(rotation)()).toBeCloseTo(r, 9)
        },
      ),
    )
  })
})
