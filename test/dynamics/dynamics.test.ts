import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alternating, type Dynamics, simultaneous } from '../../src/dsl/dynamics.ts'
import { mul, neg, softplus } from '../../src/dsl/elementwise.ts'
import type { Expr } from '../../src/dsl/expression.ts'
import { game } from '../../src/dsl/game.ts'
import { network } from '../../src/dsl/handle.ts'
import { init } from '../../src/dsl/initializers.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { maximise, minimise } from '../../src/dsl/player.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { compiled, only, trajectory } from '../compile/playing.ts'

const theta = network('theta', parameter([], init.zeros))
const psi = network('psi', parameter([], init.zeros))

/** min over theta, max over psi of a function of both. */
const saddle = (
  value: Expr<'batch', [], 'network theta' | 'network psi'>,
  lr: number,
  dynamics: Dynamics<'min' | 'max'>,
) =>
  compiled(
    game({
      networks: { theta, psi },
      sources: {},
      players: { min: minimise(value, 'theta'), max: maximise(value, 'psi') },
      dynamics,
      optimizers: { min: sgd({ lr }), max: sgd({ lr }) },
      batch: 1,
      steps: 1,
      seed: 1,
    }),
  )

type Point = readonly [theta: number, psi: number]

const pathOf = (made: ReturnType<typeof saddle>, [x, y]: Point, steps: number): readonly Point[] =>
  trajectory(
    made,
    { 'theta/0.parameter/value': Float64Array.of(x), 'psi/0.parameter/value': Float64Array.of(y) },
    steps,
  ).map((state) => [only(state['theta/0.parameter/value']), only(state['psi/0.parameter/value'])])

const simulated = (move: (point: Point) => Point, start: Point, steps: number): readonly Point[] => {
  const path = [start]
  for (let step = 0; step < steps; step++) path.push(move(path[step] ?? start))
  return path
}

const norm = ([x, y]: Point = [Number.NaN, Number.NaN]): number => Math.hypot(x, y)

/** Gidel et al. 2019, section 3: min over theta, max over psi of theta psi. */
const bilinear = mul(theta(), psi())

/**
 * Mescheder et al. 2018, definition 2.1, with the true distribution at 0: f(theta psi) + f(0), f(t) = -log(1 + exp(-t)). Its
 * derivative f'(t) is the sigmoid of -t.
 */
const dirac = neg(softplus(neg(mul(theta(), psi()))))
const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))

interface Slopes {
  readonly theta: (point: Point) => number
  readonly psi: (point: Point) => number
}
const games: readonly (readonly [string, typeof bilinear, Slopes])[] = [
  ['the bilinear game', bilinear, { theta: ([, psi]) => psi, psi: ([theta]) => theta }],
  [
    'the Dirac-GAN',
    dirac,
    {
      theta: ([theta, psi]) => psi * sigmoid(-theta * psi),
      psi: ([theta, psi]) => theta * sigmoid(-theta * psi),
    },
  ],
]

const rates = fc.double({ min: 0.01, max: 0.5, noNaN: true })
const points = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))

const expectSame = (found: readonly Point[], expected: readonly Point[]): void => {
  expect(found.length).toBe(expected.length)
  const off = found.map(([x, y], i) => Math.hypot(x - (expected[i]?.[0] ?? NaN), y - (expected[i]?.[1] ?? NaN)))
  expect(Math.max(...off)).toBeLessThan(1e-9)
}

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
