import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { sigmoid } from '../../src/dsl/layers/pointwise.ts'
import { maximise } from '../../src/dsl/objectives/player.ts'
import type { Loss, Penalty, ShapedPenalty } from '../../src/dsl/objectives/symbols.ts'
import * as symbols from '../../src/dsl/objectives/symbols.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { add, greater, log, select, sub } from '../../src/dsl/terms/elementwise.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { bestReplies, generatorGradient, valueAtOptimum } from '../../src/theory/criterion.ts'
import { type PairTheory, theoryOf, type UnknownTheory } from '../../src/theory/describe.ts'
import { decisionThreshold, valueAtEquilibrium } from '../../src/theory/equilibrium.ts'
import type { Optimum } from '../../src/theory/optimalDiscriminator.ts'
import { instanceNoise } from '../../src/views/instanceNoise.ts'
import { discriminator, generator, rest } from '../types/ring.ts'
import { pointwiseGameIn, sum } from './pointwiseGames.ts'
import { everySeeing, ganSeeing, type Seeing } from './seeing.ts'

type Mass = readonly number[]
const at = (values: readonly number[], i: number): number => values[i] ?? Number.NaN

/** A kernel of a view, on the points of p: row x is how x is seen. */
const kernel = (points: number): readonly Mass[] =>
  Array.from({ length: points }, (_, x) => {
    const row = Array.from({ length: points }, (_, y) => (x === y ? 2 : 1 / (1 + x + 2 * y)))
    return row.map((each) => each / sum(row))
  })

const seen = (p: Mass, { view }: Seeing): Mass =>
  view === 'nothing' ? p : p.map((_, y) => sum(p.map((each, x) => each * at(kernel(p.length)[x] ?? [], y))))

/** All packs, as lists of points, the first point counting most. */
const packsOf = (points: number, samples: number): readonly (readonly number[])[] =>
  samples === 0
    ? [[]]
    : Array.from({ length: points }, (_, i) => i).flatMap((i) =>
        packsOf(points, samples - 1).map((rest) => [i, ...rest]),
      )

const shareOf = ({ flips }: Seeing): number => (flips === 'falls' ? Number.NaN : flips)

/** What D is given, written out: a coin for the pack, then its samples one by one, each as the view shows it. */
const given = (p: Mass, q: Mass, seeing: Seeing): { readonly P: Mass; readonly Q: Mass } => {
  const [shownP, shownQ] = [seen(p, seeing), seen(q, seeing)]
  const pack = (of: Mass, points: readonly number[]) => points.reduce((product, i) => product * at(of, i), 1)
  const share = shareOf(seeing)
  const packs = packsOf(p.length, seeing.samples)
  return {
    P: packs.map((points) => (1 - share) * pack(shownP, points) + share * pack(shownQ, points)),
    Q: packs.map((points) => (1 - share) * pack(shownQ, points) + share * pack(shownP, points)),
  }
}

/** What is known of a loss on finite distributions, from the papers and by hand. */
interface Oracle {
  readonly loss: Loss
  readonly name: string
  /** D* where P and Q have these masses; none where they are equal and any is as good, or it is unbounded. */
  readonly reply: (p: number, q: number) => number | undefined
  readonly value: (P: Mass, Q: Mass) => number
  readonly equilibrium: number
  readonly threshold?: { readonly value: number; readonly real: 'above' | 'below' }
  readonly divergence: string
  /** What the generator pays for a sample that D gives t. */
  readonly pays: (t: number) => number
  readonly end?: 'softplus'
}

const over = (P: Mass, Q: Mass, f: (p: number, q: number) => number): number => sum(P.map((p, i) => f(p, at(Q, i))))
const logit = (p: number, q: number): number => Math.log(p / q)
const cross = (P: Mass, Q: Mass): number => over(P, Q, (p, q) => p * Math.log(p / (p + q)) + q * Math.log(q / (p + q)))
const log1pExp = (t: number): number => Math.log1p(Math.exp(t))
const logits = { value: 0, real: 'above' } as const
const unequal = (reply: (p: number, q: number) => number) => (p: number, q: number) =>
  Math.abs(p - q) < 1e-9 * (p + q) ? undefined : reply(p, q)

const oracles: readonly Oracle[] = [
  {
    loss: losses.minimax,
    name: 'minimax',
    reply: logit,
    value: cross,
    equilibrium: -Math.log(4),
    threshold: logits,
    divergence: 'Jensen–Shannon',
    pays: (t) => -log1pExp(t),
  },
  {
    loss: losses.nonSaturating,
    name: 'nonSaturating',
    reply: logit,
    value: cross,
    equilibrium: -Math.log(4),
    threshold: logits,
    divergence: 'Jensen–Shannon',
    pays: (t) => log1pExp(-t),
  },
  {
    loss: losses.hinge,
    name: 'hinge',
    reply: unequal((p, q) => Math.sign(p - q)),
    value: (P, Q) => over(P, Q, (p, q) => -2 * Math.min(p, q)),
    equilibrium: -2,
    threshold: logits,
    divergence: 'total variation',
    pays: (t) => -t,
  },
  {
    loss: losses.leastSquares(),
    name: 'leastSquares',
    reply: (p, q) => p / (p + q),
    value: (P, Q) => over(P, Q, (p, q) => (-0.5 * p * q) / (p + q)),
    equilibrium: -0.25,
    threshold: { value: 0.5, real: 'above' },
    divergence: 'triangular discrimination',
    pays: (t) => 0.5 * (t - 1) ** 2,
  },
  {
    loss: losses.wasserstein,
    name: 'wasserstein',
    reply: () => undefined,
    value: (P, Q) => (over(P, Q, (p, q) => Math.abs(p - q)) < 1e-9 ? 0 : Infinity),
    equilibrium: 0,
    divergence: 'Wasserstein-1',
    pays: (t) => -t,
  },
  {
    loss: losses.kullbackLeibler,
    name: 'kullbackLeibler',
    reply: logit,
    value: (P, Q) => over(P, Q, (p, q) => p * Math.log(p / q)),
    equilibrium: 0,
    threshold: logits,
    divergence: 'Kullback–Leibler',
    // T = log r + 1, and f*(T) = e^(T - 1) = r.
    pays: (t) => -Math.exp(t),
  },
  {
    loss: losses.pearson,
    name: 'pearson',
    reply: logit,
    value: (P, Q) => over(P, Q, (p, q) => (p - q) ** 2 / q),
    equilibrium: 0,
    threshold: logits,
    divergence: 'Pearson',
    // T = 2 (r - 1), and f*(T) = T^2 / 4 + T = r^2 - 1.
    pays: (t) => 1 - Math.exp(2 * t),
  },
  {
    loss: losses.energyBased({ margin: 3, energy: 'output' }),
    name: 'energyBased',
    end: 'softplus',
    reply: unequal((p, q) => (q > p ? 3 : 0)),
    value: (P, Q) => over(P, Q, (p, q) => -3 * Math.min(p, q)),
    equilibrium: -3,
    threshold: { value: 1.5, real: 'below' },
    divergence: 'total variation',
    pays: (t) => t,
  },
]

const isTrivial = ({ view, flips, samples, change }: Seeing): boolean =>
  view === 'nothing' && flips === 0 && samples === 1 && change !== 'replayBuffer'

const only = (game: GameSpec): PairTheory | UnknownTheory => {
  const [report, ...more] = theoryOf(game)
  if (report === undefined || more.length > 0) throw new Error(`${more.length} reports`)
  return report
}
const text = (seeing: Seeing): string => JSON.stringify(seeing)

/** Two distributions of so few points that packs of them are not too many. */
const two = fc.integer({ min: 2, max: 3 }).chain((points) => {
  const mass = fc
    .array(fc.integer({ min: 1, max: 20 }), { minLength: points, maxLength: points })
    .map((weights) => weights.map((each) => each / sum(weights)))
  return fc.record({ p: mass, q: mass })
})

describe.each(oracles)('$name, whatever D sees', (oracle) => {
  const game = (seeing: Seeing) => ganSeeing(oracle.loss, seeing, oracle.end)
  const pointwiseGames = everySeeing.map((seeing) => ({ seeing, pointwiseGame: pointwiseGameIn(game(seeing)) }))

  test('the value at equilibrium, and from where on D takes a sample for real', () => {
    for (const { seeing, pointwiseGame } of pointwiseGames) {
      expect(valueAtEquilibrium(pointwiseGame), text(seeing)).toBeCloseTo(oracle.equilibrium, 10)
      const turned = seeing.flips === 0.8
      const sides = { above: turned ? 'below' : 'above', below: turned ? 'above' : 'below' } as const
      const expected =
        oracle.threshold === undefined || seeing.flips === 0.5
          ? undefined
          : { value: expect.closeTo(oracle.threshold.value, 8), real: sides[oracle.threshold.real] }
      expect(decisionThreshold(pointwiseGame), text(seeing)).toEqual(expected)
    }
  })

  const expectOptimum = (found: Optimum, expected: number | undefined, seeing: Seeing) => {
    if (expected === undefined) expect(found.type, text(seeing)).not.toBe('unique')
    else expect(found, text(seeing)).toEqual({ type: 'unique', value: expect.closeTo(expected, 8) })
  }

  test('best replies and V are those of what D is given, or not known with a reason', () => {
    const property = fc.property(fc.constantFrom(...pointwiseGames), two, ({ seeing, pointwiseGame }, { p, q }) => {
      const [shownP, shownQ] = [seen(p, seeing), seen(q, seeing)]
      const found = bestReplies(pointwiseGame)(shownP, shownQ)
      const value = valueAtOptimum(pointwiseGame)(shownP, shownQ)
      if (seeing.flips === 'falls') {
        for (const { optimum } of found)
          expect(optimum).toEqual({ type: 'unknown', reason: expect.stringContaining('which changes') })
        expect(value).toBeNaN()
        return
      }
      const { P, Q } = given(p, q, seeing)
      expect(found.length).toBe(P.length)
      for (const [i, { optimum }] of found.entries()) expectOptimum(optimum, oracle.reply(at(P, i), at(Q, i)), seeing)
      const V = oracle.value(P, Q)
      if (Number.isFinite(V)) expect(value, text(seeing)).toBeCloseTo(V, 8)
      else expect(value, text(seeing)).toBe(V)
    })
    fc.assert(property, {
      numRuns: 100,
      examples: pointwiseGames.map((each) => [each, { p: [0.75, 0.25], q: [0.25, 0.75] }]),
    })
  })

  test('what pulls the generator, D held fixed, is the slope of its cost', () => {
    const property = fc.property(fc.constantFrom(...pointwiseGames), two, ({ seeing, pointwiseGame }, { p, q }) => {
      const [data, made] = [seen(p, seeing), seen(q, seeing)]
      const found = generatorGradient(pointwiseGame)(data, made)
      const plain = { ...seeing, view: 'nothing' } as const
      const { P, Q } = given(data, made, plain)
      const replies = P.map((each, i) => oracle.reply(each, at(Q, i)))
      if (seeing.change !== 'none' || seeing.flips === 'falls' || replies.includes(undefined)) {
        expect(found, text(seeing)).toBeUndefined()
        return
      }
      // The generator's own samples are never exchanged.
      const cost = (r: Mass): number => {
        const packs = given(data, r, { ...plain, flips: 0 }).Q
        return sum(packs.map((mass, i) => mass * oracle.pays(replies[i] ?? Number.NaN)))
      }
      const slopes = made.map((_, i) => {
        const moved = (by: number) => cost(made.map((each, k) => (k === i ? each + by : each)))
        return (moved(1e-5) - moved(-1e-5)) / 2e-5
      })
      const mean = sum(slopes.map((slope, i) => slope * at(made, i)))
      const scale = Math.max(1, ...slopes.map(Math.abs))
      for (const [i, slope] of slopes.entries())
        expect(at(found ?? [], i) / scale, text(seeing)).toBeCloseTo((slope - mean) / scale, 6)
    })
    fc.assert(property, {
      numRuns: 50,
      examples: pointwiseGames.map((each) => [each, { p: [0.7, 0.3], q: [0.4, 0.6] }]),
    })
  })
})

test('the report names what D sees and the divergence of that, for every combination and a loss in turn', () => {
  for (const [i, seeing] of everySeeing.entries()) {
    const oracle = oracles[i % oracles.length]
    if (oracle === undefined) throw new Error('no loss')
    const report = only(ganSeeing(oracle.loss, seeing, oracle.end))
    expect(report.type, text(seeing)).toBe('known')
    expect(report.loss?.loss, text(seeing)).toBe(oracle.name)
    expect(report.loss?.divergence).toContain(oracle.divergence)
    const { observed } = report
    if (isTrivial(seeing)) {
      expect(observed, text(seeing)).toBeUndefined()
      expect(report.loss?.value).not.toMatch(/\b[PQ]\b/)
      continue
    }
    expect(report.loss?.value, text(seeing)).not.toMatch(/p_data|p_g/)
    expect(observed?.samples).toBe(seeing.samples)
    if (seeing.view === 'noise') expect(observed?.real).toContain('p_data blurred')
    if (seeing.view === 'doubling' || seeing.view === 'adaptive') expect(observed?.real).toContain('T#p_data')
    if (seeing.samples > 1) expect(observed?.fake).toContain(`⊗${seeing.samples}`)
    expect(observed?.real.includes('p_g'), text(seeing)).toBe(seeing.flips !== 0)
    expect(observed?.notes.some((note) => note.includes('replay buffer'))).toBe(seeing.change === 'replayBuffer')
    const isOwn = seeing.change !== 'none' || seeing.flips !== 0
    if (isOwn) expect(report.loss?.generator, text(seeing)).toMatch(/its (own )?cost/)
  }
})

test('the printed best replies and values of flipped labels and of pairs', () => {
  const rowOf = (seeing: Partial<Seeing>) => {
    const plain = { view: 'nothing', flips: 0, samples: 1, change: 'none' } as const
    const report = only(ganSeeing(losses.nonSaturating, { ...plain, ...seeing }))
    return report.type === 'known' ? report.finite[1] : undefined
  }
  const unique = (value: number) => ({ type: 'unique', value: expect.closeTo(value, 5) })
  // Of (0.6, 0.4) and (0.4, 0.6): log(3 / 2), and -log 4 + 2 JSD.
  expect(rowOf({ flips: 0.3 })).toEqual({
    p: [0.75, 0.25],
    q: [0.25, 0.75],
    replies: [unique(0.40547), unique(-0.40547)],
    value: expect.closeTo(-1.34602, 5),
  })
  expect(rowOf({ samples: 2 })).toMatchObject({
    replies: [unique(2 * Math.log(3)), unique(0), unique(0), unique(-2 * Math.log(3))],
    value: expect.closeTo(1.125 * Math.log(0.9) + 0.125 * Math.log(0.1) - 0.75 * Math.log(2), 9),
  })
})

describe('pairs that D compares', () => {
  const value = (table: Mass, joint: (i: number, k: number) => number): number =>
    sum(table.flatMap((a, i) => table.map((b, k) => -joint(i, k) * log1pExp(b - a))))

  test('are taken apart on finite distributions, exchanged together or not: no change of D makes V greater', () => {
    for (const seeing of everySeeing) {
      const report = only(ganSeeing(losses.relativistic, seeing))
      if (report.type !== 'unknown') throw new Error(text(seeing))
      expect(report.loss?.loss, text(seeing)).toBe(seeing.flips === 0 ? 'relativistic' : undefined)
      if (seeing.flips !== 0) expect(report.reason).toContain('share a draw')
      // A probability that changes leaves no one table.
      if (seeing.flips === 'falls') {
        expect(report.finite).toEqual([])
        continue
      }
      expect(report.finite.length, text(seeing)).toBe(2)
      for (const { p, q, best } of report.finite) {
        if (best.type !== 'top') throw new Error(text(seeing))
        const { P, Q } = given(p, q, { ...seeing, view: 'nothing', flips: 0 })
        const share = shareOf(seeing)
        const joint = (i: number, k: number) => (1 - share) * at(P, i) * at(Q, k) + share * at(P, k) * at(Q, i)
        expect(best.value, text(seeing)).toBeCloseTo(value(best.table, joint), 10)
        // V is concave in the table: where no number's slope is left, no other table is better.
        for (const i of best.table.keys()) {
          const moved = (by: number) =>
            value(
              best.table.map((each, k) => (k === i ? each + by : each)),
              joint,
            )
          expect((moved(1e-4) - moved(-1e-4)) / 2e-4, text(seeing)).toBeCloseTo(0, 6)
        }
      }
    }
  })
})

describe('what theory does not know, it says why', () => {
  const paying = (penalty: Penalty | ShapedPenalty) =>
    only(gan({ ...rest, generator, discriminator, loss: losses.nonSaturating, penalties: [penalty] }))
  const noisy = instanceNoise({ std: 0.1 })

  test.each([
    ['LeCam', penalties.leCam({ weight: 1 }), 'the slot'],
    ['consistency', penalties.consistency({ weight: 1, view: noisy }), 'two points of one kind'],
    [
      'balanced consistency',
      penalties.balancedConsistency({ real: 1, fake: 1, view: noisy }),
      'two points of one kind',
    ],
    ['latent consistency', penalties.latentConsistency({ weight: 1, std: 0.1 }), 'two points of one kind'],
  ] as const)('%s', (_, penalty, reason) => {
    expect(paying(penalty)).toMatchObject({ type: 'unknown', reason: expect.stringContaining(reason) })
  })

  test('packs of which some samples change places', () => {
    const [real, fake] = [symbols.x, symbols.G(symbols.z)]
    const coin = greater(0.3, noise('uniform', [], 'one by one'))
    const each = select(coin, fake, real)
    const { generator: pays } = losses.minimax
    const V = add(E(log(sigmoid(symbols.D(each)))), E(log(sub(1, sigmoid(symbols.D(fake))))))
    const loss: Loss = { discriminator: maximise(V, 'D'), generator: pays }
    const wide = pipe(input([4]), dense(1))
    expect(only(gan({ ...rest, generator, discriminator: wide, packing: 2, loss }))).toMatchObject({
      type: 'unknown',
      reason: expect.stringContaining('some samples change places and others do not'),
    })
  })
})
