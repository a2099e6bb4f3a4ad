import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alternating } from '../../src/dynamics/alternating.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { bilinear, dirac, expectSame, games, norm, type Point, pathOf, saddle, simulated } from './saddle.ts'

const rates = fc.double({ min: 0.01, max: 0.5, noNaN: true })
const points = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))

describe.each(games)('gradient descent on %s', (_, value, slopes) => {
  test('simultaneous: both move from the same point', () => {
    fc.assert(
      fc.property(rates, points, (lr, start) => {
        const move = (at: Point): Point => [at[0] - lr * slopes.theta(at), at[1] + lr * slopes.psi(at)]
        expectSame(pathOf(saddle(value, lr, simultaneous), start, 30), simulated(move, start, 30))
      }),
      { numRuns: 20 },
    )
  })

  test('alternating: the second answers what the first has become, in the order of the counts', () => {
    fc.assert(
      fc.property(
        rates,
        points,
        fc.boolean(),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (lr, start, minFirst, min, max) => {
          const descend = (at: Point): Point => [at[0] - lr * slopes.theta(at), at[1]]
          const ascend = (at: Point): Point => [at[0], at[1] + lr * slopes.psi(at)]
          const [descends, ascends] = [Array(min).fill(descend), Array(max).fill(ascend)]
          const moves: ((at: Point) => Point)[] = minFirst ? [...descends, ...ascends] : [...ascends, ...descends]
          const move = (at: Point): Point => moves.reduce((point, one) => one(point), at)
          const made = saddle(value, lr, alternating(minFirst ? { min, max } : { max, min }))
          expectSame(pathOf(made, start, 10), simulated(move, start, 10))
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('what the literature says of them', () => {
  test('simultaneous steps on the bilinear game diverge, by sqrt(1 + lr^2) each (Gidel et al. 2019, proposition 2)', () => {
    const path = pathOf(saddle(bilinear, 0.2, simultaneous), [1, 0.5], 200)
    expect(norm(path[200]) / norm(path[0])).toBeCloseTo(Math.sqrt(1 + 0.2 ** 2) ** 200, 6)
  })

  test('alternating steps on it stay bounded, and near no equilibrium (Gidel et al. 2019, theorem 4)', () => {
    const lr = 0.2
    const path = pathOf(saddle(bilinear, lr, alternating({ min: 1, max: 1 })), [1, 0.5], 500)
    // What they conserve: x^2 + y^2 - lr x y, an ellipse.
    const conserved = ([x, y]: Point): number => x * x + y * y - lr * x * y
    const first = conserved(path[0] ?? [0, 0])
    for (const point of path) expect(conserved(point)).toBeCloseTo(first, 9)
    expect(Math.max(...path.map(norm))).toBeLessThan(1.2 * norm(path[0]))
    expect(Math.min(...path.map(norm))).toBeGreaterThan(0.8 * norm(path[0]))
  })

  test('simultaneous steps on the Dirac-GAN leave the equilibrium (Mescheder et al. 2018, lemma 2.4)', () => {
    const path = pathOf(saddle(dirac, 0.2, simultaneous), [0.1, 0.1], 2000)
    const norms = path.map(norm)
    for (const [i, length] of norms.entries()) expect(length).toBeGreaterThan(i === 0 ? 0 : (norms[i - 1] ?? 0))
    expect(norm(path.at(-1))).toBeGreaterThan(1)
  })

  test('alternating steps on the Dirac-GAN circle (Mescheder et al. 2018, lemma 2.5)', () => {
    const path = pathOf(saddle(dirac, 0.2, alternating({ min: 1, max: 1 })), [0.1, 0.1], 2000)
    expect(Math.max(...path.map(norm))).toBeLessThan(1.2 * norm(path[0]))
    expect(Math.min(...path.map(norm))).toBeGreaterThan(0.8 * norm(path[0]))
  })
})
