import { describe, expect, test } from 'vitest'
import * as Either from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { elaborate } from '../../../src/compile/elaborate.ts'
import { compileQuery } from '../../../src/compile/query.ts'
import * as init from '../../../src/dsl/initializers/init.ts'
import { adaptiveInstanceNorm } from '../../../src/dsl/layers/adaptiveInstanceNorm.ts'
import { gaussianNoise } from '../../../src/dsl/layers/gaussianNoise.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { noiseInjection } from '../../../src/dsl/layers/noiseInjection.ts'
import { parameter } from '../../../src/dsl/layers/parameter.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { square, sub } from '../../../src/dsl/terms/elementwise.ts'
import { E, sum } from '../../../src/dsl/terms/statistics.ts'
import { evaluate } from '../../../src/ir/evaluate.ts'
import { network, sample, source } from '../../../src/spec/handle.ts'
import { compiled, gameOf, someDraws } from '../../compile/playing.ts'
import { lowered } from './apply.ts'

const latent = source('latent', normal([2]))
const z = sample(latent)
const minimising = (objective: ReturnType<typeof E>) => ({
  goal: 'minimise' as const,
  objective: objective.term,
  over: ['G'],
})

test('gaussianNoise adds in training, and in sampling does not', () => {
  const given = { 0: Float64Array.of(1, 2), normal: Float64Array.of(-1, 3) }
  expect(lowered({ type: 'gaussianNoise', std: 0.5 }, [[2]], 1).run(given).y).toEqual(Float64Array.of(0.5, 3.5))
  expect(lowered({ type: 'gaussianNoise', std: 0.5 }, [[2]], 1, false).run(given).y).toEqual(Float64Array.of(1, 2))
})

test('noiseInjection adds one number to all channels of a pixel, in training and in sampling, at a strength for each', () => {
  const given = { 0: new Float64Array(4), normal: Float64Array.of(-1, 3), strength: Float64Array.of(2, 0) }
  for (const training of [true, false])
    expect(lowered({ type: 'noiseInjection' }, [[2, 2]], 1, training).run(given).y).toEqual(
      Float64Array.of(-2, 0, 6, 0),
    )
})

describe('draws', () => {
  test('are normal, one per application, of each layer’s own', () => {
    const G = network('G', pipe(input([2]), noiseInjection, gaussianNoise(1)))
    const game = compiled(
      gameOf({
        networks: { G: G.net },
        sources: { latent: latent.source },
        players: { p: minimising(E(sum(square(sub(G(z), G(z, 'again')))))) },
      }),
    )
    const drawn = Object.entries(game.step.draws).flatMap(([name, { shape, origin }]) =>
      origin.type === 'normal' ? [[name, shape] as const] : [],
    )
    expect(Object.fromEntries(drawn)).toEqual({
      'p/0/G/1.noiseInjection:0': [4, 1],
      'p/0/G/1.noiseInjection:again': [4, 1],
      'p/0/G/2.gaussianNoise:0': [4, 2],
      'p/0/G/2.gaussianNoise:again': [4, 2],
    })
  })

  test('of a trained constant differ by sample', () => {
    const constant = pipe(parameter([3, 3, 2], init.normal(1)), noiseInjection)
    const G = network('G', adaptiveInstanceNorm(constant, input([2])))
    const game = compiled(
      gameOf({
        networks: { G: G.net },
        sources: { latent: latent.source },
        players: { p: minimising(E(sum(square(G(z))))) },
      }),
    )
    expect(game.step.draws['p/0/G/1.noiseInjection:0']?.shape).toEqual([4, 3, 3, 1])
  })

  test('are told apart where a network is only asked, too', () => {
    const G = network('G', pipe(input([2]), noiseInjection))
    const game = elaborate(
      gameOf({
        networks: { G: G.net },
        sources: { latent: latent.source },
        players: { p: minimising(E(sum(square(G(z))))) },
      }),
    )
    if (Either.isLeft(game)) throw new Error('nothing is wrong with the game')
    const difference = (name?: string) => sum(square(sub(G(z), G(z, name)))).term
    const asked = compileQuery(
      game.right,
      { same: difference(), other: difference('other'), once: G(z).term },
      {
        batch: 3,
        stream: 'ask',
      },
    )
    if (Either.isLeft(asked)) throw new Error('it can be asked')
    expect(Object.keys(asked.right.draws).filter((name) => name.includes('noise'))).toEqual([
      'ask/G/1.noiseInjection:0',
      'ask/G/1.noiseInjection:other',
    ])
    const state = { 'G/1.noiseInjection/strength': Float64Array.of(1, 1) }
    const { metrics } = evaluate(asked.right, { state, draws: someDraws(asked.right), step: 0 })
    expect(metrics.same).toEqual(new Float64Array(3))
    expect(Math.min(...(metrics.other ?? []))).toBeGreaterThan(0)
  })
})
