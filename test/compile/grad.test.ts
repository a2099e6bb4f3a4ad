import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { sigmoid, tanh } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { interpolate } from '../../src/dsl/terms/draw.ts'
import { add, exp, log, mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E, grad, norm, sum } from '../../src/dsl/terms/statistics.ts'
import { showOrigin } from '../../src/ir/origin.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, gameOf, only, played, someDraws, someState } from './playing.ts'

const data = source('data', normal([2]))
const other = source('other', normal([2]))
const x = sample(data)
const between = interpolate(x, sample(other))
const D = network('D', pipe(input([2]), dense(5), tanh, dense(4), tanh, dense(1)))
const kinked = network('D', pipe(input([2]), dense(5), leakyRelu(0.2), dense(4), leakyRelu(0.2), dense(1)))
const sources = { data: data.source, other: other.source }

const minimising = (objective: Expr, net = D.net) =>
  compiled(
    gameOf({
      networks: { D: net },
      sources,
      players: { p: { goal: 'minimise', objective: objective.term, over: ['D'] } },
      optimizers: { p: sgd({ lr: 1 }) },
    }),
  )

/** The step's gradient by each number of each parameter, beside the central difference of the step's own cost. */
const expectGradient = (game: ReturnType<typeof minimising>): void => {
  const [state, draws] = [someState(game, 1, 0.9), someDraws(game.step)]
  const { state: next, metrics } = played(game, state, draws)
  const scale = 1 + Math.abs(only(metrics.p))
  for (const [name, values] of Object.entries(state))
    for (const [i, value] of values.entries()) {
      const at = (by: number): number => {
        const moved = { ...state, [name]: values.map((v, j) => (i === j ? value + by : v)) }
        return only(played(game, moved, draws).metrics.p)
      }
      const difference = (at(1e-5) - at(-1e-5)) / 2e-5
      const found = value - (next[name]?.[i] ?? Number.NaN)
      expect(Math.abs(found - difference), `${name}[${i}]: ${found}, not ${difference}`).toBeLessThan(1e-7 * scale)
    }
}

describe('a penalty’s gradient by the parameters is as finite differences say', () => {
  const penalties: readonly (readonly [string, (of: typeof D) => Expr])[] = [
    ['gradient penalty at points between', (of) => E(square(sub(norm(grad(of(between), between)), 1)))],
    ['R1', (of) => E(sum(square(grad(of(x), x))))],
    ['a gradient of a gradient', (of) => E(square(sum(grad(square(sum(grad(square(of(x)), x))), x))))],
    ['by an inner value', (of) => E(sum(square(grad(square(of(x)), of(x)))))],
  ]
  test.each(penalties)('%s of tanh', (_, penalty) => expectGradient(minimising(penalty(D))))
  test.each(penalties)('%s of leakyRelu', (_, penalty) => expectGradient(minimising(penalty(kinked), kinked.net)))
})

test('a gradient is that of each sample, in value', () => {
  const game = minimising(E(sum(square(grad(D(x), x)))))
  const [state, draws] = [someState(game), someDraws(game.step)]
  const score = minimising(E(D(x)))
  const samples = draws['p/0/data.x'] ?? new Float64Array(0)
  const squares = [...samples.keys()].map((i) => {
    const at = (by: number) =>
      4 *
      only(played(score, state, { ...draws, 'p/0/data.x': samples.map((v, j) => (i === j ? v + by : v)) }).metrics.p)
    return ((at(1e-5) - at(-1e-5)) / 2e-5) ** 2
  })
  expect(only(played(game, state, draws).metrics.p)).toBeCloseTo(squares.reduce((a, b) => a + b, 0) / 4, 7)
})

describe('f-GAN by grad (Nowozin et al. 2016, section 2.2)', () => {
  /** r is the critic's density ratio; T = f'(r), and f*(T) = r f'(r) - f(r). */
  const ratio = (of: Expr<'sample', [2]>): Expr<'sample', [1]> => exp(D(of))
  const divergences: readonly (readonly [
    string,
    (r: Expr<'sample', [1]>) => Expr<'sample', [1]>,
    (r: number) => number,
    (r: number) => number,
  ])[] = [
    ['KL', (r) => mul(r, log(r)), (r) => Math.log(r) + 1, (r) => r],
    ['reverse KL', (r) => mul(-1, log(r)), (r) => -1 / r, (r) => Math.log(r) - 1],
    ['Pearson', (r) => square(sub(r, 1)), (r) => 2 * (r - 1), (r) => r * r - 1],
    [
      'Jensen-Shannon',
      (r) => sub(mul(r, log(r)), mul(add(r, 1), log(mul(0.5, add(r, 1))))),
      (r) => Math.log((2 * r) / (1 + r)),
      (r) => -Math.log(2 / (1 + r)),
    ],
  ]
  const d: Expr<'sample', [2]> = x
  const g: Expr<'sample', [2]> = sample(other)

  test.each(divergences)('%s: the variational bound, and its gradient', (_, f, slope, conjugate) => {
    const critic = (at: Expr<'sample', [2]>) => grad(f(ratio(at)), ratio(at))
    const conjugated = sub(mul(ratio(g), critic(g)), f(ratio(g)))
    const bound = minimising(sub(E(critic(d)), E(conjugated)))
    const [state, draws] = [someState(bound), someDraws(bound.step)]
    const scores = (source: string): readonly number[] => {
      const samples = draws[`p/0/${source}.x`] ?? new Float64Array(0)
      return [0, 1, 2, 3].map((i) => {
        const one = Float64Array.from({ length: 8 }, (_, j) => samples[2 * i + (j % 2)] ?? 0)
        return only(played(minimising(E(D(x))), state, { 'p/0/data.x': one }).metrics.p)
      })
    }
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
    const expected =
      mean(scores('data').map((s) => slope(Math.exp(s)))) - mean(scores('other').map((s) => conjugate(Math.exp(s))))
    expect(only(played(bound, state, draws).metrics.p)).toBeCloseTo(expected, 10)
    expectGradient(bound)
  })
})

test('a gradient by a sigmoid is not lost where its logarithm is rewritten', () => {
  const p = sigmoid(D(x))
  const game = minimising(E(grad(log(p), p)))
  const [state, draws] = [someState(game), someDraws(game.step)]
  const plain = minimising(E(exp(mul(-1, D(x)))))
  // 1 / sigmoid(u) is 1 + exp(-u).
  expect(only(played(game, state, draws).metrics.p)).toBeCloseTo(1 + only(played(plain, state, draws).metrics.p), 10)
  expectGradient(game)
})

test('a chain of gradients, as of Langevin’s steps, compiles in time that its length says', () => {
  const energy = (at: Expr<'sample', [2]>): Expr<'sample', [1]> => D(at)
  const walk = (steps: number): Expr<'sample', [2]> => {
    let at: Expr<'sample', [2]> = x
    for (let i = 0; i < steps; i++) at = sub(at, mul(0.1, grad(energy(at), at)))
    return at
  }
  const started = performance.now()
  const game = minimising(E(D(walk(12))))
  expect(performance.now() - started).toBeLessThan(10_000)
  const first = game.step.nodes.map(({ origin }) => showOrigin(origin)).find((origin) => origin.includes('…'))
  expect(first).toMatch(/^(gradient of )?p: /)
})
