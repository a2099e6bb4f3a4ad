import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { batchNorm, batchNormWith } from '../../src/dsl/layers/batchNorm.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { dropout } from '../../src/dsl/layers/dropout.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { sigmoid } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { interpolate } from '../../src/dsl/terms/draw.ts'
import { add, log, mul, neg, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { E, grad, sum } from '../../src/dsl/terms/statistics.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, gameOf, only, played, someDraws, someState } from './playing.ts'

const D = network('D', pipe(input([2]), dense(3), batchNormWith({ momentum: 0.75 }), dense(1)))
const G = network('G', pipe(input([2]), dense(2), batchNorm))
const data = source('data', normal([2]))
const latent = source('latent', normal([2]))
const x = sample(data)
const fake = G(sample(latent))
const value = add(E(log(sigmoid(D(x)))), E(log(sub(1, sigmoid(D(fake))))))
const networks = { D: D.net, G: G.net }
const sources = { data: data.source, latent: latent.source }
const maximising = { goal: 'maximise' as const, objective: value.term, over: ['D'] }
const minimising = { goal: 'minimise' as const, objective: value.term, over: ['G'] }
const both = gameOf({ networks, sources, players: { d: maximising, g: minimising } })

test('each player moves what it owns, and nothing else', () => {
  for (const [player, own] of [
    ['d', 'D/'],
    ['g', 'G/'],
  ] as const) {
    const alone = compiled({
      ...both,
      dynamics: { type: 'simultaneous' },
      players: { [player]: both.players[player] ?? maximising },
      optimizers: { [player]: sgd({ lr: 0.1 }) },
    })
    expect(Object.keys(alone.step.writes).length).toBeGreaterThan(0)
    expect(Object.keys(alone.step.writes).filter((name) => !name.startsWith(own))).toEqual([])
  }
})

test('a network that nobody owns stays, and runs as it samples', () => {
  const frozen = network('F', pipe(input([2]), batchNorm, dropout(0.5), dense(1)))
  const game = compiled(
    gameOf({
      networks: { D: D.net, F: frozen.net },
      sources,
      players: { d: { goal: 'minimise', objective: E(square(sub(D(x), frozen(x)))).term, over: ['D'] } },
    }),
  )
  expect(Object.keys(game.step.writes).filter((name) => name.startsWith('F/'))).toEqual([])
  // Its running statistics are read, and nothing drops out.
  expect(Object.keys(game.step.state)).toContain('F/1.batchNorm/variance')
  expect(Object.keys(game.step.draws)).toEqual(['d/0/data.x'])
})

describe('running statistics', () => {
  const state = someState(compiled(both))
  /** What D's first layer makes of samples: means per channel. */
  const firstLayer = (samples: Float64Array): readonly number[][] =>
    Array.from({ length: 4 }, (_, i) =>
      Array.from({ length: 3 }, (_, c) =>
        [0, 1].reduce(
          (sum, j) => sum + (samples[2 * i + j] ?? 0) * (state['D/1.dense/kernel']?.[3 * j + c] ?? 0),
          state['D/1.dense/bias']?.[c] ?? 0,
        ),
      ),
    )
  const meanOf = (rows: readonly number[][], c: number): number =>
    rows.reduce((sum, row) => sum + (row[c] ?? 0), 0) / rows.length

  test('are fed by the owner’s own applications, their mean, and in no other player’s update', () => {
    const E1 = network('G', pipe(input([2]), dense(2)))
    const plain = compiled(
      gameOf({
        networks: { D: D.net, G: E1.net },
        sources,
        players: {
          d: { goal: 'maximise', objective: sub(E(D(x)), E(D(sample(latent)))).term, over: ['D'] },
          g: { goal: 'minimise', objective: neg(E(D(E1(sample(latent, 'other'))))).term, over: ['G'] },
        },
      }),
    )
    const draws = someDraws(plain.step)
    const { state: next } = played(plain, { ...someState(plain), ...state }, draws)
    const [real, generated] = [
      firstLayer(draws['d/0/data.x'] ?? new Float64Array(0)),
      firstLayer(draws['d/0/latent.x'] ?? new Float64Array(0)),
    ]
    for (const c of [0, 1, 2]) {
      const expected = 0.75 * 0 + 0.25 * ((meanOf(real, c) + meanOf(generated, c)) / 2)
      expect(next['D/2.batchNorm/mean']?.[c]).toBeCloseTo(expected, 10)
      const variances = [real, generated].map(
        (rows) => rows.reduce((sum, row) => sum + ((row[c] ?? 0) - meanOf(rows, c)) ** 2, 0) / rows.length,
      )
      expect(next['D/2.batchNorm/variance']?.[c]).toBeCloseTo(
        0.75 + 0.25 * (((variances[0] ?? 0) + (variances[1] ?? 0)) / 2),
        10,
      )
    }
  })

  test('are not fed from within grad', () => {
    const point = interpolate(x, sample(latent))
    const of = (penalised: boolean) => {
      const objective = penalised ? add(E(D(x)), E(sum(square(grad(D(point), point))))) : E(D(x))
      const game = compiled(
        gameOf({
          networks: { D: D.net },
          sources,
          players: { d: { goal: 'minimise', objective: objective.term, over: ['D'] } },
        }),
      )
      const draws = someDraws(game.step)
      return played(game, someState(game), {
        ...draws,
        'd/0/data.x': Float64Array.from({ length: 8 }, (_, i) => Math.cos(i)),
      }).state['D/2.batchNorm/mean']
    }
    const [plain, penalised] = [of(false), of(true)]
    for (const [c, mean] of (plain ?? []).entries()) expect(penalised?.[c]).toBeCloseTo(mean, 12)
    expect(plain?.length).toBe(3)
  })

  test('of a network that is only differentiated stay', () => {
    const objective = E(sum(square(grad(D(x), x))))
    const game = compiled(
      gameOf({
        networks: { D: D.net },
        sources,
        players: { d: { goal: 'minimise', objective: objective.term, over: ['D'] } },
      }),
    )
    expect(Object.keys(game.step.writes).filter((name) => name.includes('batchNorm/mean'))).toEqual([])
  })
})

describe('a gradient through batch normalisation', () => {
  const point = interpolate(x, fake)
  const plainD = network('D', pipe(input([2]), dense(1)))
  const warnings = (critic: typeof plainD, over: readonly string[]) =>
    compiled(
      gameOf({
        networks: { D: critic.net, G: G.net },
        sources,
        players: {
          d: {
            goal: 'minimise',
            objective: add(E(critic(x)), E(sum(square(grad(critic(point), point))))).term,
            over: ['D'],
          },
          ...(over.includes('G') && { g: { goal: 'minimise' as const, objective: E(critic(fake)).term, over: ['G'] } }),
        },
      }),
    ).warnings

  test('is warned of by the layer’s name', () => {
    expect(warnings(D, ['D', 'G'])).toEqual([
      expect.objectContaining({
        path: ['players', 'd', 'objective'],
        message: expect.stringMatching(/runs through D\/2\.batchNorm, which mixes/),
      }),
    ])
  })

  test('is none where only the point is made with it', () => {
    expect(warnings(plainD, ['D', 'G'])).toEqual([])
  })

  test('is none of a network that is frozen', () => {
    const slope = grad(D(x), x)
    const F = network('F', pipe(input([2]), dense(1)))
    const { warnings: found } = compiled(
      gameOf({
        networks: { D: D.net, F: F.net },
        sources,
        players: {
          p: {
            goal: 'minimise',
            objective: add(E(F(x)), E(sum(square(slope)))).term,
            over: ['F'],
          },
        },
      }),
    )
    expect(found).toEqual([])
  })
})

describe('a network of two players', () => {
  const theta = network('theta', parameter([], init.zeros))
  const objectives = { p: square(sub(theta(), 1)), q: mul(3, theta()) }
  const shared = (dynamics: 'simultaneous' | 'alternating') =>
    compiled(
      gameOf({
        networks: { theta: theta.net },
        players: {
          p: { goal: 'minimise', objective: objectives.p.term, over: ['theta'] },
          q: { goal: 'maximise', objective: objectives.q.term, over: ['theta'] },
        },
        dynamics:
          dynamics === 'simultaneous' ? { type: 'simultaneous' } : { type: 'alternating', counts: { p: 1, q: 1 } },
      }),
    )
  const moved = (game: ReturnType<typeof shared>) =>
    only(played(game, { 'theta/0.parameter/value': Float64Array.of(4) }).state['theta/0.parameter/value'])

  test('is moved by both at once, by the sum of their steps', () => {
    expect(moved(shared('simultaneous'))).toBeCloseTo(4 - 0.1 * 6 + 0.1 * 3, 12)
  })

  test('is moved by one after the other', () => {
    expect(moved(shared('alternating'))).toBeCloseTo(4 - 0.1 * 6 + 0.1 * 3, 12)
  })

  test('has a state of each one’s optimizer', () => {
    const game = compiled({
      ...shared('simultaneous').game,
      optimizers: { p: adam({ lr: 0.1 }), q: adam({ lr: 0.1 }) },
    })
    const state = { ...someState(game), 'theta/0.parameter/value': Float64Array.of(4) }
    const { state: next } = played(game, state)
    expect(only(next['p/m/theta/0.parameter/value'])).toBeCloseTo(0.1 * 6, 12)
    expect(only(next['q/m/theta/0.parameter/value'])).toBeCloseTo(0.1 * -3, 12)
    // Adam's first steps have the size of its rate: they cancel.
    expect(only(next['theta/0.parameter/value'])).toBeCloseTo(4, 6)
  })
})
