import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import type { Loss, Penalty } from '../../src/dsl/objectives/symbols.ts'
import type { View } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { div, equal, exp, mul, select, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { rewrite } from '../../src/dsl/terms/rewrite.ts'
import { cosine, exponential, linear, stepwise, warmUp } from '../../src/dsl/terms/schedules.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { progress, step, updates } from '../../src/dsl/terms/variables.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { print } from '../../src/ir/print.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { adam } from '../../src/optimizers/adam.ts'
import type { RateOption } from '../../src/optimizers/rate.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { topK } from '../../src/views/topK.ts'
import * as views from '../../src/views/views.ts'
import { compiled, errorsOf } from './playing.ts'

const steps = 12_000

interface Parts {
  readonly loss?: Loss
  readonly penalties?: readonly Penalty[]
  readonly views?: readonly View[]
}

/** A small gan with some parts of its own. */
const ganOf = ({ loss = losses.nonSaturating, ...parts }: Parts): GameSpec =>
  gan({
    generator: pipe(input([2]), dense(2)),
    discriminator: pipe(input([2]), dense(1)),
    latent: normal([2]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    loss,
    optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
    batch: 4,
    steps,
    seed: 1,
    ...parts,
  })

const withRate = (lr: RateOption, more: Partial<GameSpec> = {}): GameSpec => ({
  ...ganOf({}),
  optimizers: { generator: sgd({ lr }), discriminator: sgd({ lr: 0.1 }) },
  ...more,
})

describe('a learning rate is looked at over the whole run before the first step', () => {
  const turning = mul(2e-3, sub(1, div(step, 8000)))

  it('names the first step at which it leaves its range', () => {
    expect(errorsOf(withRate(turning))).toMatchObject([
      {
        path: ['optimizers', 'generator', 'lr'],
        expected: 'a learning rate of at least 0 at every step',
        found: '-2.5e-7 at step 8001 of 12000',
      },
    ])
    expect(errorsOf(withRate(turning, { steps: 8001 }))).toEqual([])
  })

  it('names it in a run of a million steps, and where a single step is wrong', () => {
    const late = mul(2e-3, sub(1, div(step, 700_001)))
    expect(errorsOf(withRate(late, { steps: 1e6 }))[0]?.found).toMatch(/ at step 700002 of 1000000$/)
    const once = select(equal(step, 777_777), -1, 1e-3)
    expect(errorsOf(withRate(once, { steps: 1e6 }))[0]?.found).toBe('-1 at step 777777 of 1000000')
  })

  it('finds the first bad step as one look at each step would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 60_000 }), (end, steps) => {
        const found = errorsOf(withRate(sub(end, step), { steps }))[0]?.found
        expect(found).toBe(steps - 1 > end ? `-1 at step ${end + 1} of ${steps}` : undefined)
      }),
      { numRuns: 30 },
    )
  })

  it('accepts what follows the game, however many steps it has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (steps) => {
        for (const lr of [linear({ from: 1e-3 }), cosine({ from: 1e-3 }), mul(2e-3, sub(1, progress))])
          expect(compiled(withRate(lr, { steps })).warnings).toEqual([])
      }),
      { numRuns: 10 },
    )
  })

  it('counts updates as the player and accumulation do', () => {
    const falling = sub(1, div(updates, 10_000))
    const twice = { dynamics: alternating({ discriminator: 1, generator: 2 }) }
    expect(errorsOf(withRate(falling, twice))[0]?.found).toMatch(/ at step 5000 of 12000$/)
    const slow = { generator: accumulate({ every: 2 }, sgd({ lr: falling })), discriminator: sgd({ lr: 0.1 }) }
    expect(errorsOf(withRate(0, { optimizers: slow }))).toEqual([])
    expect(errorsOf(withRate(0, { optimizers: slow, steps: 30_000 }))).toMatchObject([
      { path: ['optimizers', 'generator', 'of', 'lr'], found: expect.stringMatching(/ at step 20002 of 30000$/) },
    ])
  })

  it('is looked at as float32 has it, too', () => {
    const overflowing = exp(mul(0.01, step))
    expect(errorsOf(withRate(overflowing))[0]?.found).toBe('Infinity in float32 at step 8873 of 12000')
  })

  it('warns of one that is 0 from some step on', () => {
    const warnings = (lr: RateOption, of = steps) => compiled(withRate(lr, { steps: of })).warnings
    expect(warnings(linear({ from: 1e-3, over: 8000 }))).toMatchObject([
      {
        path: ['optimizers', 'generator', 'lr'],
        message: 'the learning rate is 0 from step 8000 of 12000 on: generator does not move from there',
      },
    ])
    expect(warnings(linear({ from: 1e-3, over: 654_321 }), 1e6)[0]?.message).toContain('from step 654321 of 1000000')
    expect(warnings(0)[0]?.message).toBe('the learning rate is 0: generator does not move')
    // A last step without a move is how most schedules end.
    expect(warnings(linear({ from: 1e-3, over: steps - 1 }))).toEqual([])
    expect(warnings(warmUp({ over: 100 }, exponential({ from: 1e-3, factor: 0.999 })))).toEqual([])
  })
})

const bad: readonly (readonly [string, GameSpec, string])[] = [
  ['the weight of a penalty', ganOf({ penalties: [penalties.r1({ weight: -1 })] }), 'a weight of at least 0'],
  ['a decay', ganOf({ penalties: [penalties.leCam({ weight: 1, decay: 1 })] }), 'a decay of at least 0 and below 1'],
  [
    'a probability',
    ganOf({ loss: flipLabels({ probability: 1.5 })(losses.nonSaturating) }),
    'a probability from 0 to 1',
  ],
  ['a fraction', ganOf({ loss: topK({ fraction: 0 })(losses.nonSaturating) }), 'a fraction above 0 and at most 1'],
  ['a deviation', ganOf({ views: [views.instanceNoise({ std: -0.1 })] }), 'a standard deviation of at least 0'],
  ['the ratio of a cutout', ganOf({ views: [views.cutout({ ratio: -1 })] }), 'a ratio from 0 to 1'],
  ['the ratio of a translation', ganOf({ views: [views.translation({ ratio: 2 })] }), 'a ratio from 0 to 1'],
  ['a label', ganOf({ loss: losses.labelSmoothing({ real: 1.2 }) }), 'a probability from 0 to 1'],
  ['a factor', withRate(exponential({ from: 1, factor: 0 })), 'a factor above 0'],
  ['a period', withRate(stepwise({ from: 1, factor: 0.5, every: 0 })), 'a number of steps above 0'],
  ['a duration', withRate(linear({ from: 1, over: -5 })), 'a number of steps of at least 0'],
]

describe('a constant out of its range', () => {
  it.each(bad)('%s, is refused with its place when compiled and when decoded', (_, spec, expected) => {
    const [error] = errorsOf(spec)
    expect(error?.expected).toBe(expected)
    const decoded = decode(JSON.parse(JSON.stringify(encode(spec))))
    expect(E.isLeft(decoded) && decoded.left.errors.map((each) => each.expected)).toContain(expected)
    expect(E.isLeft(decoded) && decoded.left.errors[0].path.length).toBeGreaterThan(2)
  })

  it.each<readonly [string, GameSpec]>([
    ['a learning rate', withRate(-1)],
    ['a beta', { ...withRate(0), optimizers: { generator: adam({ lr: 1, beta1: 1 }), discriminator: sgd({ lr: 1 }) } }],
    ['the decay of an average', { ...withRate(0.1), averages: { G: { type: 'exponential', decay: -1 } } }],
    ['the rate of dynamics', { ...withRate(0.1), dynamics: { type: 'consensus', weight: Number.NaN } }],
  ])('%s, is refused in a spec that was written in code', (_, spec) => expect(errorsOf(spec)).toHaveLength(1))
})

describe('what changes over the steps', () => {
  it.each<readonly [string, GameSpec, string]>([
    [
      'the weight of a penalty',
      ganOf({ penalties: [penalties.gradientPenalty({ weight: sub(1, div(step, 5000)) })] }),
      '-0.0002 at step 5001 of 12000',
    ],
    [
      'a probability',
      ganOf({ loss: flipLabels({ probability: div(step, 100) })(losses.nonSaturating) }),
      '1.01 at step 101 of 12000',
    ],
    [
      'a deviation',
      ganOf({ views: [views.instanceNoise({ std: sub(0.5, progress) })] }),
      '-0.0000833333 at step 6001 of 12000',
    ],
    [
      'a fraction',
      ganOf({ loss: topK({ fraction: sub(1, div(step, 100)) })(losses.nonSaturating) }),
      '0 at step 100 of 12000',
    ],
  ])('%s is refused with the step at which it leaves its range', (_, spec, found) => {
    expect(errorsOf(spec)).toHaveLength(1)
    expect(errorsOf(spec)[0]?.found).toBe(found)
    expect(errorsOf(spec)[0]?.path[0]).toBe('players')
  })

  it('is the same game as without the check', () => {
    const weight: Expr<'batch', [], never> = linear({ from: 10, to: 1 })
    expect(errorsOf(ganOf({ penalties: [penalties.r1({ weight })] }))).toEqual([])
    const game = ganOf({ penalties: [penalties.r1({ weight })] })
    const bare = (term: Term): Term => rewrite(term, (each) => (each.op === 'ranged' ? each.of : each))
    const players = Object.fromEntries(
      Object.entries(game.players).map(([name, player]) => [name, { ...player, objective: bare(player.objective) }]),
    )
    expect(players).not.toEqual(game.players)
    expect(print(compiled(game).step)).toBe(print(compiled({ ...game, players }).step))
  })
})

describe('a rate that depends on state', () => {
  it('is not looked at before the first step', () => {
    const sinking = slot('k', { initial: 1, shape: [] }, (k) => sub(k, 0.25))
    expect(errorsOf(withRate(sinking))).toEqual([])
  })
})
