import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eigenvalues, spectralRadius } from '../../src/measure/spectrum.ts'

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
        const found = eigenvalues(matrix)
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

  it('are found where the loops of well-known libraries do not end', () => {
    for (const matrix of [
      [
        [2, 0, -1],
        [0, 2, -1],
        [1, 1, 2],
      ],
      [
        [1e-85, 8e-203, -1e-43],
        [-4e-162, 3e-199, 8e-17],
        [8e-5, 8e-268, -7e-268],
      ],
      [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [1, 0, 0, 0],
      ],
    ]) {
      const found = eigenvalues(matrix)
      expect(found.reduce((sum, { re }) => sum + re, 0)).toBeCloseTo(trace(matrix), 12)
      expect(found.reduce((sum, { re, im }) => sum + re * re - im * im, 0)).toBeCloseTo(
        trace(product(matrix, matrix)),
        12,
      )
    }
  })

  it('of few whole numbers: of any matrix of -1, 0 and 1 they add up', () => {
    const sparse = fc.integer({ min: 1, max: 8 }).chain((n) =>
      fc.array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: n, maxLength: n }), {
        minLength: n,
        maxLength: n,
      }),
    )
    fc.assert(
      fc.property(sparse, (matrix) => {
        const found = eigenvalues(matrix)
        expect(found.reduce((sum, { re }) => sum + re, 0)).toBeCloseTo(trace(matrix), 9)
        expect(found.reduce((sum, { re, im }) => sum + re * re - im * im, 0)).toBeCloseTo(
          trace(product(matrix, matrix)),
          6,
        )
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
          const [first, second] = eigenvalues(rotation)
          expect(first?.re).toBeCloseTo(cos, 9)
          expect(first?.im).toBeCloseTo(Math.abs(sin), 9)
          expect(second?.im).toBeCloseTo(-Math.abs(sin), 9)
          expect(spectralRadius(rotation)).toBeCloseTo(r, 9)
        },
      ),
    )
  })
})
