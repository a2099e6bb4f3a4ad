import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { compileQuery } from '../../src/compile/query.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { batchNorm } from '../../src/dsl/layers/batchNorm.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as mean, sum } from '../../src/dsl/terms/statistics.ts'
import { initialState } from '../../src/run/initialState.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { type Average, exponentialAverage, uniformAverage } from '../../src/spec/average.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, errorsOf, gameOf, only, played, someState, trajectory } from './playing.ts'

const theta = network('theta', parameter([], init.constant(3)))
const weight = 'theta/0.parameter/value'

const falling = (average: Average) =>
  compiled(
    gameOf({
      networks: { theta: theta.net },
      players: { p: { goal: 'minimise', objective: square(theta()).term, over: ['theta'] } },
      averages: { theta: average },
    }),
  )

const pathOf = (average: Average, steps: number) => {
  const game = falling(average)
  const start = {
    [weight]: Float64Array.of(3),
    [`average/${weight}`]: Float64Array.of(3),
    [`rest/${weight}`]: Float64Array.of(0),
  }
  const path = trajectory(game, start, steps)
  return {
    weights: path.map((state) => only(state[weight])),
    averages: path.map((state) => only(state[`average/${weight}`])),
  }
}

test('an exponential average keeps its part of itself after each step', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (decay) => {
      const { weights, averages } = pathOf(exponentialAverage({ decay }), 20)
      averages.slice(1).forEach((average, i) => {
        expect(average).toBeCloseTo(decay * (averages[i] ?? NaN) + (1 - decay) * (weights[i + 1] ?? NaN), 12)
      })
    }),
  )
})

test('a uniform average is the mean of the weights after each step from the one that is said', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), (from) => {
      const { weights, averages } = pathOf(uniformAverage({ from }), 20)
      averages.slice(1).forEach((average, step) => {
        const seen = step < from ? weights.slice(step + 1, step + 2) : weights.slice(from + 1, step + 2)
        expect(average).toBeCloseTo(seen.reduce((a, b) => a + b) / seen.length, 12)
      })
    }),
  )
})

const latent = source('latent', normal([2]))
const G = network('G', pipe(input([2]), dense(2), batchNorm))
const game = compiled(
  gameOf({
    networks: { G: G.net },
    sources: { latent: latent.source },
    players: { p: { goal: 'minimise', objective: mean(sum(square(sub(G(sample(latent)), 1)))).term, over: ['G'] } },
    averages: { G: exponentialAverage({ decay: 0.9 }) },
  }),
)

test('averages start as the weights do, and copy running statistics', () => {
  const fresh = initialState(game.state, 1, createRandom())
  for (const name of Object.keys(fresh).filter((each) => each.startsWith('G/')))
    expect(fresh[`average/${name}`]).toEqual(fresh[name])
  const { state } = played(game, someState(game))
  for (const name of ['mean', 'variance'])
    expect(state[`average/G/2.batchNorm/${name}`]).toEqual(state[`G/2.batchNorm/${name}`])
  expect(state['average/G/1.dense/kernel']).not.toEqual(state['G/1.dense/kernel'])
})

test('only what asks for them sees them', () => {
  const asked = (averaged: boolean) => {
    const program = compileQuery(game, { made: G(sample(latent)).term }, { batch: 2, stream: 's', averaged })
    if (E.isLeft(program)) throw new Error('no program')
    return Object.keys(program.right.state)
  }
  expect(asked(false).every((name) => name.startsWith('G/'))).toBe(true)
  expect(asked(true).every((name) => name.startsWith('average/G/'))).toBe(true)
  expect(asked(true).length).toBeGreaterThan(0)
})

test('a network that no player trains has no average', () => {
  const frozen = gameOf({
    networks: { theta: theta.net, G: G.net },
    players: { p: { goal: 'minimise', objective: mul(theta(), 1).term, over: ['theta'] } },
    averages: { G: uniformAverage() },
  })
  expect(errorsOf(frozen).map(({ path }) => path.join('.'))).toEqual(['averages.G'])
})
