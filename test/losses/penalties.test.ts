import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { elaborate } from '../../src/compile/elaborate.ts'
import { compileQuery } from '../../src/compile/query.ts'
import { activation } from '../../src/dsl/layers/activation.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import type { Penalty, ShapedPenalty } from '../../src/dsl/objectives/symbols.ts'
import { view } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { mul, square } from '../../src/dsl/terms/elementwise.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { gan } from '../../src/spec/gan.ts'
import { rest } from '../types/ring.ts'

const batch = 3
const linear = { bias: false } as const
/** In the plane, D(x) = (k . x)^2 and G(z) = m z with a diagonal m. */
const game = gan({
  ...rest,
  latent: normal([2]),
  generator: pipe(input([2]), dense(2, linear)),
  discriminator: pipe(input([2]), dense(1, linear), activation(square(t))),
})

interface Given {
  readonly k: readonly number[]
  readonly m: number
  /** Three points each. */
  readonly data: readonly number[]
  readonly latent: readonly number[]
  /** Where each sample's point lies between data and generated. */
  readonly between: readonly number[]
  /** Normal numbers for each point. */
  readonly noise: readonly number[]
}

const paid = (charge: Penalty | ShapedPenalty, { k, m, data, latent, between, noise }: Given): number => {
  const penalty = typeof charge === 'function' ? charge({ sample: [2], latent: [2] }) : charge
  const program = pipe(
    elaborate(game),
    E.flatMap((elaborated) => compileQuery(elaborated, { penalty: penalty.term }, { batch, stream: 's' })),
    E.getOrElseW((errors) => {
      throw new Error(JSON.stringify(errors))
    }),
  )
  const values: { readonly [name: string]: readonly number[] } = {
    'D/1.dense/kernel': k,
    'G/1.dense/kernel': [m, 0, 0, m],
    's/data.x': data,
    's/latent.x': latent,
    's/noise/interpolation': between,
    's/noise/around': noise,
    's/noise/near': noise,
  }
  const given = (names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, Float64Array.from(values[name] ?? [])]))
  const { metrics } = evaluate(program, { state: given(program.state), draws: given(program.draws), step: 0 })
  return metrics.penalty?.[0] ?? Number.NaN
}

const numbers = (length: number, min = -2) =>
  fc.array(fc.double({ min, max: 2, noNaN: true }), { minLength: length, maxLength: length })
const given: fc.Arbitrary<Given> = fc.record({
  k: numbers(2),
  m: fc.double({ min: -2, max: 2, noNaN: true }),
  data: numbers(6),
  latent: numbers(6),
  between: numbers(3, 0).map((values) => values.map((each) => each / 2.5)),
  noise: numbers(6),
})
const weight = fc.double({ min: 0.01, max: 10, noNaN: true })

const dot = ([a = 0, b = 0]: readonly number[], [c = 0, d = 0]: readonly number[]): number => a * c + b * d
const points = (values: readonly number[]) => [0, 1, 2].map((i) => values.slice(2 * i, 2 * i + 2))
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
/** |grad D| at a point: the gradient is 2 (k . x) k. */
const steepness = (k: readonly number[], x: readonly number[]): number => 2 * Math.abs(dot(k, x)) * Math.sqrt(dot(k, k))

describe('each penalty is the mean over samples of a function of their own gradient', () => {
  const check = (make: (w: number) => Penalty | ShapedPenalty, expected: (w: number, given: Given) => number) =>
    fc.assert(
      fc.property(given, weight, (each, w) => {
        const value = expected(w, each)
        expect(Math.abs(paid(make(w), each) - value)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(value)))
      }),
      { numRuns: 15 },
    )
  const interpolated = ({ m, data, latent, between }: Given) =>
    points(data).map((x, i) =>
      x.map((each, axis) => each + (between[i] ?? 0) * (m * (latent[2 * i + axis] ?? 0) - each)),
    )

  test('R1, on data', () => {
    check(
      (w) => penalties.r1({ weight: w }),
      (w, { k, data }) => (w / 2) * mean(points(data).map((x) => steepness(k, x) ** 2)),
    )
  })

  test('gradient penalty centred at 1, between data and samples', () => {
    check(
      (w) => penalties.gradientPenalty({ weight: w }),
      (w, each) => w * mean(interpolated(each).map((x) => (steepness(each.k, x) - 1) ** 2)),
    )
  })

  test('gradient penalty centred at 0', () => {
    check(
      (w) => penalties.gradientPenalty({ weight: w, center: 0 }),
      (w, each) => w * mean(interpolated(each).map((x) => steepness(each.k, x) ** 2)),
    )
  })

  test('gradient penalty of what is above 1 alone', () => {
    check(
      (w) => penalties.lipschitzPenalty({ weight: w }),
      (w, each) => w * mean(interpolated(each).map((x) => Math.max(0, steepness(each.k, x) - 1) ** 2)),
    )
  })

  test('the largest slope is that of one sample', () => {
    check(
      (w) => penalties.largestSlope({ weight: w }),
      (w, each) => w * Math.max(...interpolated(each).map((x) => steepness(each.k, x))) ** 2,
    )
  })

  const made = ({ m, latent }: Given) => points(latent.map((each) => m * each))

  test('R2, on samples, and both', () => {
    const r1 = ({ k, data }: Given) => mean(points(data).map((x) => steepness(k, x) ** 2))
    const r2 = (each: Given) => mean(made(each).map((x) => steepness(each.k, x) ** 2))
    check(
      (w) => penalties.r2({ weight: w }),
      (w, each) => (w / 2) * r2(each),
    )
    check(
      (w) => penalties.r1r2({ weight: w }),
      (w, each) => (w / 2) * (r1(each) + r2(each)),
    )
  })

  test('DRAGAN, around data, as far as the batch is spread', () => {
    check(
      (w) => penalties.dragan({ weight: w, std: 0.7 }),
      (w, { k, data, noise }) => {
        const middle = mean(data)
        const spread = Math.sqrt(mean(data.map((each) => (each - middle) ** 2)))
        const around = points(data.map((each, i) => each + 0.7 * spread * (noise[i] ?? 0)))
        return w * mean(around.map((x) => (steepness(k, x) - 1) ** 2))
      },
    )
  })

  test('Jensen–Shannon regulariser, each slope by how wrong D is there', () => {
    const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
    check(
      (w) => penalties.jensenShannonPenalty({ weight: w }),
      (w, each) => {
        const part = (at: readonly (readonly number[])[], wrong: (probability: number) => number) =>
          mean(at.map((x) => wrong(sigmoid(dot(each.k, x) ** 2)) ** 2 * steepness(each.k, x) ** 2))
        return (w / 2) * (part(points(each.data), (s) => 1 - s) + part(made(each), (s) => s))
      },
    )
  })

  test('consistency: what a view changes of D’s values', () => {
    const double = view((sample) => mul(2, sample))
    // D(2 x) - D(x) is 3 (k . x)^2.
    const change = (k: readonly number[]) => (x: readonly number[]) => (3 * dot(k, x) ** 2) ** 2
    check(
      (w) => penalties.consistency({ weight: w, view: double }),
      (w, { k, data }) => w * mean(points(data).map(change(k))),
    )
    check(
      (w) => penalties.balancedConsistency({ real: w, fake: 2 * w, view: double }),
      (w, each) => w * mean(points(each.data).map(change(each.k))) + 2 * w * mean(made(each).map(change(each.k))),
    )
  })

  test('latent consistency and diversity, of near latents', () => {
    const near = ({ m, latent, noise }: Given) => points(latent.map((each, i) => m * (each + 0.3 * (noise[i] ?? 0))))
    check(
      (w) => penalties.latentConsistency({ weight: w, std: 0.3 }),
      (w, each) => {
        const others = near(each)
        return w * mean(made(each).map((x, i) => (dot(each.k, x) ** 2 - dot(each.k, others[i] ?? []) ** 2) ** 2))
      },
    )
    check(
      (w) => penalties.latentDiversity({ weight: w, std: 0.3 }),
      (w, { m, noise }) => -w * mean(points(noise).map((e) => (0.3 * m) ** 2 * dot(e, e))),
    )
  })

  test('orthogonal: of one unit its length alone; of units at right angles nothing', () => {
    check(
      (w) => penalties.orthogonal({ weight: w }),
      (w, { k }) => w * Math.abs(dot(k, k) - 1),
    )
    check(
      (w) => penalties.orthogonal({ weight: w, of: 'G' }),
      (w, { m }) => 2 * w * Math.abs(m * m - 1),
    )
    check(
      (w) => penalties.offDiagonal({ weight: w, of: 'G' }),
      () => 0,
    )
  })
})
