import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { addOutputs } from '../../src/dsl/layers/add.ts'
import { concat } from '../../src/dsl/layers/concat.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { sigmoid, tanh } from '../../src/dsl/layers/pointwise.ts'
import { softmax } from '../../src/dsl/layers/softmax.ts'
import { outputs, share } from '../../src/dsl/networks/net.ts'
import { categorical } from '../../src/dsl/sources/categorical.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, log, mul, neg, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E, sum } from '../../src/dsl/terms/statistics.ts'
import { constant, gather, matmul, reshape } from '../../src/dsl/terms/tensor.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, computed, gameOf, only, played } from './playing.ts'

const data = source('data', normal([2]))
const label = source('label', categorical(3))
const [x, c] = [sample(data), sample(label)]
const sources = { data: data.source, label: label.source }

type State = { readonly [name: string]: Float64Array }
const layer = (state: State, name: string, of: readonly number[]): readonly number[] => {
  const [kernel, bias] = [state[`${name}/kernel`] ?? [], state[`${name}/bias`] ?? []]
  return Array.from(bias, (b, j) => of.reduce((total, v, i) => total + v * (kernel[bias.length * i + j] ?? 0), b))
}
const rowsOf = (draws: State, name: string, width: number): readonly (readonly number[])[] =>
  Array.from({ length: 4 }, (_, i) => [...(draws[name] ?? []).slice(width * i, width * (i + 1))])
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('networks of several inputs and outputs', () => {
  const D = network(
    'D',
    pipe(
      concat(input([2], 'x'), pipe(input([3], 'label'), dense(2))),
      dense(4),
      tanh,
      share((trunk) =>
        outputs({ score: pipe(trunk, dense(1)), skip: addOutputs(pipe(trunk, dense(2)), input([2], 'x')) }),
      ),
    ),
  )

  test('are what their layers make, the trunk once', () => {
    const { score, skip } = D({ x, label: c })
    const { game, state, draws, value } = computed(add(E(score), E(sum(square(skip)))), {
      networks: { D: D.net },
      sources,
      over: 'D',
    })
    const labels = rowsOf(draws, 'p/0/label.x', 3)
    const values = rowsOf(draws, 'p/0/data.x', 2).map((sample, i) => {
      const prefix = D.net.nodes.flatMap(({ layer: { type } }, n) => (type === 'dense' ? [`D/${n}.dense`] : []))
      const [embed = '', trunk = '', head = '', side = ''] = prefix
      const inner = layer(state, trunk, [...sample, ...layer(state, embed, labels[i] ?? [])]).map(Math.tanh)
      const added = layer(state, side, inner).map((v, j) => v + (sample[j] ?? 0))
      return (layer(state, head, inner)[0] ?? 0) + added.reduce((total, v) => total + v * v, 0)
    })
    expect(value).toBeCloseTo(mean(values), 10)
    expect(game.step.nodes.filter(({ origin, op }) => op === 'tanh' && origin.derivative === 0)).toHaveLength(1)
  })

  test('take a constant beside samples', () => {
    const one: Expr<'batch', [3]> = constant([3], [1, 0, 0])
    const { state, draws, value } = computed(E(D({ x, label: one }).score), {
      networks: { D: D.net },
      sources,
      over: 'D',
    })
    const spread = computed(E(D({ x, label: c }).score), { networks: { D: D.net }, sources, over: 'D' })
    const labels = Float64Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 1 : 0))
    const same = played(spread.game, state, { 'p/0/data.x': draws['p/0/data.x'] ?? labels, 'p/0/label.x': labels })
    expect(value).toBeCloseTo(only(same.metrics.p), 12)
  })
})

describe('networks without an input', () => {
  test('one number each, and a function of both', () => {
    const [theta, psi] = [network('theta', parameter([], init.zeros)), network('psi', parameter([], init.zeros))]
    const value = neg(log(sub(1, mul(theta(), psi()))))
    const game = compiled(
      gameOf({
        networks: { theta: theta.net, psi: psi.net },
        players: { p: { goal: 'minimise', objective: value.term, over: ['theta', 'psi'] } },
      }),
    )
    const state = { 'theta/0.parameter/value': Float64Array.of(0.5), 'psi/0.parameter/value': Float64Array.of(0.4) }
    expect(only(played(game, state, {}).metrics.p)).toBeCloseTo(-Math.log(1 - 0.2), 12)
  })

  test('a table as a discriminator, by matmul with one-hot samples and by gather', () => {
    const table = network('table', parameter([3, 1], init.zeros))
    const byMatmul = reshape(matmul(reshape(c, [1, 3]), table()), [1])
    const index = sum(mul(c, constant([3], [0, 1, 2])))
    const byGather = gather(table(), index)
    const objective = (of: Expr<'sample', [1]>) => E(log(sigmoid(of)))
    const games = [byMatmul, byGather].map((of) =>
      compiled(
        gameOf({
          networks: { table: table.net },
          sources,
          players: { p: { goal: 'minimise', objective: objective(of).term, over: ['table'] } },
        }),
      ),
    )
    const oneHot = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1)
    const state = { 'table/0.parameter/value': Float64Array.of(0.3, -1, 2) }
    const results = games.map((game) => played(game, state, { 'p/0/label.x': oneHot }))
    const expected = mean([0.3, 2, -1, 2].map((u) => -Math.log1p(Math.exp(-u))))
    for (const { metrics } of results) expect(only(metrics.p)).toBeCloseTo(expected, 12)
    const slope = (u: number, share: number): number => u - (0.1 * share) / (1 + Math.exp(u))
    const moved = [slope(0.3, 0.25), slope(-1, 0.25), slope(2, 0.5)]
    for (const { state: next } of results)
      for (const [i, v] of moved.entries()) expect(next['table/0.parameter/value']?.[i]).toBeCloseTo(v, 12)
  })

  test('a matrix game of mixed strategies', () => {
    const mixed = (name: 'p' | 'q') => network(name, pipe(parameter([3], init.zeros), softmax))
    const [p, q] = [mixed('p'), mixed('q')]
    const payoff = constant([3, 3], [0, -1, 1, 1, 0, -1, -1, 1, 0])
    const value = sum(matmul(matmul(reshape(p(), [1, 3]), payoff), reshape(q(), [3, 1])))
    const game = compiled(
      gameOf({
        networks: { p: p.net, q: q.net },
        players: {
          p: { goal: 'maximise', objective: value.term, over: ['p'] },
          q: { goal: 'minimise', objective: value.term, over: ['q'] },
        },
      }),
    )
    const state = { 'p/0.parameter/value': Float64Array.of(1, 0, 0), 'q/0.parameter/value': Float64Array.of(0, 2, 0) }
    const weights = (logits: readonly number[]) =>
      logits.map((u) => Math.exp(u) / logits.reduce((t, v) => t + Math.exp(v), 0))
    const [a, b] = [weights([1, 0, 0]), weights([0, 2, 0])]
    const matrix = [
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ]
    const expected = matrix.reduce((t, row, i) => t + row.reduce((s, m, j) => s + m * (a[i] ?? 0) * (b[j] ?? 0), 0), 0)
    const { metrics, state: next } = played(game, state, {})
    expect(only(metrics.q)).toBeCloseTo(expected, 12)
    expect(only(metrics.p)).toBeCloseTo(-expected, 12)
    // Softmax moves no total: the logits' sum stays.
    expect([...(next['p/0.parameter/value'] ?? [])].reduce((s, v) => s + v, 0)).toBeCloseTo(1, 12)
  })
})

test('a network of an input and of parameters alone joins them for every sample', () => {
  const D = network('D', concat(input([2], 'x'), parameter([1], init.zeros)))
  const { state, draws, value } = computed(E(sum(square(sub(D(x), 1)))), { networks: { D: D.net }, sources, over: 'D' })
  const shift = state['D/1.parameter/value']?.[0] ?? Number.NaN
  const expected = rowsOf(draws, 'p/0/data.x', 2).map((row) => [...row, shift].reduce((t, v) => t + (v - 1) ** 2, 0))
  expect(value).toBeCloseTo(mean(expected), 12)
})
