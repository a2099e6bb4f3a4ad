import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alternating } from '../../src/dynamics/alternating.ts'
import { competitive } from '../../src/dynamics/competitive.ts'
import { consensus } from '../../src/dynamics/consensus.ts'
import type { Dynamics } from '../../src/dynamics/dynamics.ts'
import { extragradient } from '../../src/dynamics/extragradient.ts'
import { lookahead } from '../../src/dynamics/lookahead.ts'
import { pastExtragradient } from '../../src/dynamics/pastExtragradient.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { symplectic } from '../../src/dynamics/symplectic.ts'
import { unrolled } from '../../src/dynamics/unrolled.ts'
import { momentum } from '../../src/optimizers/momentum.ts'
import { bilinear, expectSame, games, norm, type Point, pathOf, type Slopes, saddle, simulated } from './saddle.ts'

type Pair = readonly [number, number]
type Matrix = readonly [Pair, Pair]

const plus = ([a, b]: Pair, factor: number, [c, d]: Pair): Pair => [a + factor * c, b + factor * d]
const times = ([[a, b], [c, d]]: Matrix, [x, y]: Pair): Pair => [a * x + b * y, c * x + d * y]
const transposed = ([[a, b], [c, d]]: Matrix): Matrix => [
  [a, c],
  [b, d],
]
const dot = ([a, b]: Pair, [c, d]: Pair): number => a * c + b * d

/** What each player descends by: theta the value, psi minus it. */
const field =
  (slopes: Slopes) =>
  (at: Point): Pair => [slopes.theta(at), -slopes.psi(at)]
const jacobian =
  (slopes: Slopes) =>
  (at: Point): Matrix => [
    [slopes.thetaTheta(at), slopes.mixed(at)],
    [-slopes.mixed(at), -slopes.psiPsi(at)],
  ]

/** The published rules, in as few lines as they have there; h is the rate. */
const rules: { readonly [name: string]: readonly [Dynamics<'min' | 'max'>, (s: Slopes, h: number) => Rule] } = {
  extragradient: [
    extragradient,
    (slopes, h) => () => {
      const v = field(slopes)
      return (at) => plus(at, -h, v(plus(at, -h, v(at))))
    },
  ],
  'extragradient from the past': [
    pastExtragradient,
    (slopes, h) => () => {
      let past: Pair = [0, 0]
      return (at) => {
        past = field(slopes)(plus(at, -h, past))
        return plus(at, -h, past)
      }
    },
  ],
  'consensus optimisation': [
    consensus({ weight: 0.7 }),
    (slopes, h) => () => (at) => {
      const v = field(slopes)(at)
      return plus(at, -h, plus(v, 0.7, times(transposed(jacobian(slopes)(at)), v)))
    },
  ],
  'symplectic gradient adjustment': [
    symplectic({ weight: 0.6, align: false }),
    (slopes, h) => () => (at) => plus(at, -h, plus(field(slopes)(at), 0.6, turned(slopes, at))),
  ],
  'symplectic gradient adjustment, aligned': [
    symplectic(),
    (slopes, h) => () => (at) => {
      const v = field(slopes)(at)
      const energy = times(transposed(jacobian(slopes)(at)), v)
      const sign = Math.sign((dot(v, energy) * dot(turned(slopes, at), energy)) / at.length + 0.1)
      return plus(at, -h, plus(v, sign, turned(slopes, at)))
    },
  ],
  'competitive gradient descent': [
    competitive({ rate: 0.2, iterations: 3 }),
    (slopes) => () => (at) => {
      const [eta, d, fx, fy] = [0.2, slopes.mixed(at), slopes.theta(at), slopes.psi(at)]
      const scale = eta / (1 + (eta * d) ** 2)
      return [at[0] - scale * (fx + eta * d * fy), at[1] + scale * (fy - eta * d * fx)]
    },
  ],
  'play unrolled by 3': [
    unrolled({ player: 'min', against: 'max', steps: 3 }),
    (slopes, h) => () => (at) => {
      let [psi, slope] = [at[1], 0]
      for (let i = 0; i < 3; i++) {
        const there: Point = [at[0], psi]
        slope += h * (slopes.mixed(there) + slopes.psiPsi(there) * slope)
        psi += h * slopes.psi(there)
      }
      const end: Point = [at[0], psi]
      return [at[0] - h * (slopes.theta(end) + slopes.psi(end) * slope), at[1] + h * slopes.psi(at)]
    },
  ],
  'lookahead every 4 steps': [
    lookahead({ period: 4, mix: 0.3 }, simultaneous),
    (slopes, h) => (start) => {
      let [slow, steps] = [start, 0]
      return (at) => {
        const next = plus(at, -h, field(slopes)(at))
        steps += 1
        if (steps % 4 > 0) return next
        slow = plus(slow, 0.3, plus(next, -1, slow))
        return slow
      }
    },
  ],
}
/** How a point moves, once where it starts is known. */
type Rule = (start: Point) => (at: Point) => Point

/** A'v, with A the antisymmetric part of the Jacobian. */
const turned = (slopes: Slopes, at: Point): Pair => {
  const [j, v] = [jacobian(slopes)(at), field(slopes)(at)]
  const [forward, back] = [times(j, v), times(transposed(j), v)]
  return [(back[0] - forward[0]) / 2, (back[1] - forward[1]) / 2]
}

const points = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))

describe.each(games)('on %s the path is that of the published rule', (_, value, slopes) => {
  test.each(Object.entries(rules))('%s', (_name, [dynamics, rule]) => {
    fc.assert(
      fc.property(points, (start) => {
        const h = 0.2
        expectSame(pathOf(saddle(value, h, dynamics), start, 24), simulated(rule(slopes, h)(start), start, 24))
      }),
      { numRuns: 10 },
    )
  })
})

describe('what the literature says of them on the bilinear game', () => {
  const ending = (dynamics: Dynamics<'min' | 'max'>, steps = 400, rate = 0.2): number =>
    norm(pathOf(saddle(bilinear, rate, dynamics), [1, 0.5], steps)[steps])

  test.each([
    ['extragradient', extragradient, 'Korpelevich 1976'],
    ['extragradient from the past', pastExtragradient, 'Popov 1980'],
    ['consensus optimisation', consensus({ weight: 1 }), 'Mescheder et al. 2017'],
    ['symplectic gradient adjustment', symplectic(), 'Balduzzi et al. 2018'],
    ['competitive gradient descent', competitive({ rate: 0.2 }), 'Schaefer and Anandkumar 2019'],
    ['lookahead of simultaneous steps', lookahead({ period: 10 }, simultaneous), 'Chavdarova et al. 2021'],
  ] as const)('%s converges (%s)', (_, dynamics, _paper) => {
    expect(ending(dynamics)).toBeLessThan(0.02)
  })

  test('simultaneous steps leave it whatever the rate, and so do they with positive momentum', () => {
    expect(ending(simultaneous)).toBeGreaterThan(100)
    const heavy = pathOf(saddle(bilinear, 0.2, simultaneous, momentum({ lr: 0.2, momentum: 0.5 })), [1, 0.5], 200)
    expect(norm(heavy[200])).toBeGreaterThan(100)
  })

  test('alternating steps with negative momentum converge (Gidel et al. 2019, of negative momentum)', () => {
    const optimizer = momentum({ lr: 0.2, momentum: -0.5 })
    const path = pathOf(saddle(bilinear, 0.2, alternating({ min: 1, max: 1 }), optimizer), [1, 0.5], 1000)
    expect(norm(path[1000])).toBeLessThan(0.02)
  })

  test('each contracts by the factor that the eigenvalues of its update have', () => {
    const h = 0.2
    const factors: readonly (readonly [Dynamics<'min' | 'max'>, number])[] = [
      [extragradient, Math.sqrt((1 - h * h) ** 2 + h * h)],
      [consensus({ weight: 1 }), Math.sqrt((1 - h) ** 2 + h * h)],
      [competitive({ rate: h }), 1 / Math.sqrt(1 + h * h)],
    ]
    for (const [dynamics, factor] of factors) {
      const path = pathOf(saddle(bilinear, h, dynamics), [1, 0.5], 50)
      expect(norm(path[50]) / norm(path[0])).toBeCloseTo(factor ** 50, 9)
    }
  })
})
