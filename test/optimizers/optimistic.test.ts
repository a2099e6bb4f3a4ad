import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { bilinear, expectSame, norm, type Point, pathOf, saddle } from '../dynamics/saddle.ts'

const coordinate = fc.double({ min: -1, max: 1, noNaN: true })
const points: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate)

/** Daskalakis et al. 2018: each number moves by 2 its step now less its step before, which was 0 at first. */
const simulated = (
  start: Point,
  steps: number,
  stepOf: (slope: number, i: 0 | 1, t: number) => number,
): readonly Point[] => {
  const path = [start]
  let before: Point = [0, 0]
  for (let t = 1; t <= steps; t++) {
    const [x, y] = path[t - 1] ?? start
    // theta goes down along psi, psi up along theta.
    const now: Point = [stepOf(y, 0, t), stepOf(-x, 1, t)]
    path.push([x - 2 * now[0] + before[0], y - 2 * now[1] + before[1]])
    before = now
  }
  return path
}

describe('on the bilinear game', () => {
  test('the optimistic gradient moves as in the paper', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.4, noNaN: true }), points, (lr, start) => {
        const path = pathOf(saddle(bilinear, lr, simultaneous, optimistic(sgd({ lr }))), start, 40)
        expectSame(
          path,
          simulated(start, 40, (slope) => lr * slope),
        )
      }),
      { numRuns: 15 },
    )
  })

  test('optimistic Adam moves as in the paper’s algorithm 1', () => {
    const [lr, beta1, beta2, epsilon] = [0.05, 0.5, 0.9, 1e-8]
    const [m, v] = [
      [0, 0],
      [0, 0],
    ] satisfies [number[], number[]]
    const start: Point = [0.6, -0.4]
    const expected = simulated(start, 60, (g, i, t) => {
      m[i] = beta1 * (m[i] ?? 0) + (1 - beta1) * g
      v[i] = beta2 * (v[i] ?? 0) + (1 - beta2) * g * g
      return (lr * m[i]) / (1 - beta1 ** t) / (Math.sqrt(v[i] / (1 - beta2 ** t)) + epsilon)
    })
    const by = optimistic(adam({ lr, beta1, beta2, epsilon }))
    expectSame(pathOf(saddle(bilinear, lr, simultaneous, by), start, 60), expected)
  })

  test('the optimistic gradient comes nearer where the plain one leaves', () => {
    const [lr, start, steps] = [0.3, [1, 0.5] as const, 300]
    const plain = pathOf(saddle(bilinear, lr, simultaneous), start, steps)
    const hopeful = pathOf(saddle(bilinear, lr, simultaneous, optimistic(sgd({ lr }))), start, steps)
    expect(norm(plain.at(-1))).toBeGreaterThan(1e4)
    expect(norm(hopeful.at(-1))).toBeLessThan(1e-4)
  })
})
