import { describe, expect, it } from 'vitest'
import { diracGan } from '../../src/reproductions/diracGan.ts'
import type { Row } from '../../src/reproductions/protocol.ts'
import { compiled, only, trajectory } from '../compile/playing.ts'

/** The gradients that each player follows, after Mescheder et al. 2018 and the papers of each method. */
interface Slopes {
  readonly theta: (theta: number, psi: number) => number
  readonly psi: (theta: number, psi: number) => number
  readonly clip?: number
}

const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))
/** f'(t), f(t) = -log(1 + exp(-t)). */
const slope = (t: number): number => sigmoid(-t)
const curvature = (t: number): number => -sigmoid(t) * sigmoid(-t)

const standard: Slopes = { theta: (t, p) => -p * slope(p * t), psi: (t, p) => t * slope(p * t) }
const lively: Slopes = { ...standard, theta: (t, p) => -p * slope(-p * t) }
const linear: Slopes = { theta: (_, p) => -p, psi: (t) => t }
const flattened = (base: Slopes, weight: number): Slopes => ({ ...base, psi: (t, p) => base.psi(t, p) - weight * p })

/** Half the squared norm of both gradients is (theta² + psi²) f'(psi theta)² / 2. */
const unrest = (by: number, other: number, t: number, p: number): number =>
  by * slope(p * t) ** 2 + (t * t + p * p) * slope(p * t) * curvature(p * t) * other

const methods: { readonly [name: string]: Slopes } = {
  GAN: standard,
  'non-saturating GAN': lively,
  'WGAN, weights clipped at 1': { ...linear, clip: 1 },
  'WGAN-GP, weight 0.7': { ...linear, psi: (t, p) => t - 0.7 * (Math.abs(p) - 1) * Math.sign(p) },
  'consensus optimisation, weight 1': {
    theta: (t, p) => standard.theta(t, p) - unrest(t, p, t, p),
    psi: (t, p) => standard.psi(t, p) - unrest(p, t, t, p),
  },
  'gradient penalty, weight 0.3': flattened(standard, 0.3),
  'gradient penalty, weight 1 (critical)': flattened(standard, 1),
  'non-saturating, gradient penalty, weight 0.3': flattened(lively, 0.3),
}

type Point = readonly [theta: number, psi: number]
const rate = 0.2

const simulated = ({ theta, psi, clip = Infinity }: Slopes, updates: number | undefined, steps: number): Point[] => {
  const bounded = (p: number): number => Math.max(-clip, Math.min(clip, p))
  const path: Point[] = [[1, 1]]
  for (let step = 0; step < steps; step++) {
    const [t, p] = path[step] ?? [Number.NaN, Number.NaN]
    const moved = t + rate * theta(t, p)
    let next = p
    for (let i = 0; i < (updates ?? 1); i++) next = bounded(next + rate * psi(updates === undefined ? t : moved, next))
    path.push([moved, next])
  }
  return path
}

const played = ({ game }: Row, steps: number): Point[] =>
  trajectory(
    compiled(game),
    { 'theta/0.parameter/value': Float64Array.of(1), 'psi/0.parameter/value': Float64Array.of(1) },
    steps,
  ).map((state) => [only(state['theta/0.parameter/value']), only(state['psi/0.parameter/value'])])

const cases = diracGan.rows.flatMap((row) => {
  const [method = '', order = ''] = row.name.split('; ')
  const slopes = methods[method]
  const updates = order === 'simultaneous' ? undefined : Number(order.split(':')[1])
  return slopes === undefined ? [] : [{ row, slopes, updates, name: row.name }]
})

describe('the Dirac-GAN', () => {
  it('is simulated for every method that draws nothing', () => {
    expect(diracGan.rows.length - cases.length).toBe(2)
    expect(cases.length).toBe(2 * Object.keys(methods).length)
  })

  it.each(cases)('$name: moves as the published update does, to 1e-9', ({ row, slopes, updates }) => {
    const [ours, theirs] = [played(row, 50), simulated(slopes, updates, 50)]
    for (const [i, [theta, psi]] of ours.entries()) {
      expect(Math.abs(theta - (theirs[i]?.[0] ?? Number.NaN))).toBeLessThan(1e-9)
      expect(Math.abs(psi - (theirs[i]?.[1] ?? Number.NaN))).toBeLessThan(1e-9)
    }
  })

  it.each(cases)('$name: converges or not as the paper says', ({ row, slopes, updates }) => {
    const [theta, psi] = simulated(slopes, updates, row.game.steps).at(-1) ?? [Number.NaN, Number.NaN]
    const published = row.published.distance
    expect(Math.hypot(theta, psi) / Math.SQRT2 < 0.05).toBe(published?.type === 'verdict' && published.isTrue)
  })
})
