import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../../src/dsl/initializers/init.ts'
import type { Initializer } from '../../../src/dsl/initializers/initializer.ts'
import { initialise } from '../../../src/dsl/initializers/initializer.ts'
import { spectralNorm } from '../../../src/dsl/layers/around.ts'
import type { Conv2dLayer } from '../../../src/dsl/layers/conv2d.ts'
import type { DenseLayer } from '../../../src/dsl/layers/dense.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { layerKind } from '../../../src/dsl/layers/table.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { add, square, sub } from '../../../src/dsl/terms/elementwise.ts'
import { E, grad, sum } from '../../../src/dsl/terms/statistics.ts'
import { parameter } from '../../../src/dsl/terms/variables.ts'
import { size } from '../../../src/ir/program.ts'
import { optimizer } from '../../../src/optimizers/custom.ts'
import { network, sample, source } from '../../../src/spec/handle.ts'
import { compiled, gameOf, played, someState } from '../../compile/playing.ts'
import { generator } from '../../laws/generator.ts'
import { lowered } from './apply.ts'

const numbers = (count: number) =>
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: count, maxLength: count })
    .map(Float64Array.from.bind(Float64Array))
const length = (x: ArrayLike<number>): number => Math.hypot(...Array.from(x))

/** One step of algorithm 1 of Miyato et al. 2018 on an in x out matrix, row-major. */
const iterated = (kernel: Float64Array, u: Float64Array): Float64Array => {
  const rows = kernel.length / u.length
  const v = Array.from({ length: rows }, (_, i) => u.reduce((t, x, j) => t + x * (kernel[i * u.length + j] ?? 0), 0))
  const next = u.map((_, j) => v.reduce((t, x, i) => t + x * (kernel[i * u.length + j] ?? 0), 0))
  return next.map((x) => x / length(next))
}

describe('spectralNorm', () => {
  const layer: DenseLayer = { type: 'dense', units: 3, bias: false, weights: { type: 'spectralNorm' } }
  const converged = (kernel: Float64Array, u: Float64Array, times = 3000): Float64Array =>
    times === 0 ? u : converged(kernel, iterated(kernel, u), times - 1)

  test('with u at its limit, dense stretches no vector, and the one along v not at all', () => {
    fc.assert(
      fc.property(numbers(12), numbers(4), (kernel, x) => {
        fc.pre(length(kernel) > 0.1)
        const u = converged(kernel, Float64Array.of(0.3, -0.5, 0.8), 300)
        const { y = [] } = lowered(layer, [[4]], 1).run({ 0: x, kernel, 'kernel.u': u })
        expect(length(y)).toBeLessThanOrEqual(length(x) * 1.001)
        const v = Float64Array.from({ length: 4 }, (_, i) => u.reduce((t, a, j) => t + a * (kernel[3 * i + j] ?? 0), 0))
        const { y: top = [] } = lowered(layer, [[4]], 1).run({ 0: v, kernel, 'kernel.u': u })
        expect(length(top) / length(v)).toBeCloseTo(1, 3)
      }),
      { numRuns: 50 },
    )
  })

  test('conv2d stretches no image by more than its kernel’s side', () => {
    const convolution: Conv2dLayer = {
      type: 'conv2d',
      filters: 3,
      kernel: 3,
      bias: false,
      weights: { type: 'spectralNorm' },
    }
    fc.assert(
      fc.property(numbers(3 * 3 * 2 * 3), numbers(5 * 4 * 2), (kernel, x) => {
        fc.pre(length(kernel) > 0.1)
        const u = converged(kernel, Float64Array.of(0.3, -0.5, 0.8), 300)
        const { y = [] } = lowered(convolution, [[5, 4, 2]], 1).run({ 0: x, kernel, 'kernel.u': u })
        expect(length(y)).toBeLessThanOrEqual(3.003 * length(x))
      }),
      { numRuns: 30 },
    )
  })

  test('in sampling it estimates from the stored u as in training, and stores nothing', () => {
    const given = {
      0: Float64Array.of(1, 2),
      kernel: Float64Array.of(1, 2, 3, 4, 5, 6),
      'kernel.u': Float64Array.of(1, 0, 0),
    }
    const training = lowered(layer, [[2]], 1).run(given)
    const sampling = lowered(layer, [[2]], 1, false).run(given)
    expect(sampling.y).toEqual(training.y)
    expect(Object.keys(training)).toEqual(['y', 'kernel.u'])
    expect(Object.keys(sampling)).toEqual(['y'])
  })

  test('u starts normal, and moves by one iteration per update of its owner, however often and how it is applied', () => {
    const [data, latent] = [source('data', normal([2])), source('latent', normal([2]))]
    const D = network('D', pipe(input([2]), spectralNorm(dense(3)), dense(1)))
    const G = network('G', pipe(input([2]), dense(2)))
    const [x, fake] = [sample(data), G(sample(latent))]
    const penalty = E(sum(square(grad(D(x), x))))
    const stay = optimizer(parameter)
    const game = compiled(
      gameOf({
        networks: { D: D.net, G: G.net },
        sources: { data: data.source, latent: latent.source },
        players: {
          d: { goal: 'minimise', objective: add(sub(E(D(fake)), E(D(x))), penalty).term, over: ['D'] },
          g: { goal: 'maximise', objective: E(D(fake)).term, over: ['G'] },
        },
        dynamics: { type: 'alternating', counts: { d: 2, g: 1 } },
        optimizers: { d: stay, g: stay },
      }),
    )
    const name = 'D/1.dense/kernel.u'
    expect(game.state.find((tensor) => tensor.name === name)).toEqual({
      name,
      id: { role: 'layer', network: 'D', layer: { type: 'numbered', index: 1, kind: 'dense' }, tensor: 'kernel.u' },
      shape: [3],
      start: { type: 'normal' },
    })
    const state = someState(game)
    const kernel = state['D/1.dense/kernel'] ?? new Float64Array()
    const twice = iterated(kernel, iterated(kernel, state[name] ?? new Float64Array()))
    const next = played(game, state).state[name] ?? []
    for (const [i, value] of twice.entries()) expect(next[i]).toBeCloseTo(value, 12)
  })
})

describe('weightNorm', () => {
  test.each<readonly [string, Initializer]>([
    ['constant', init.constant(-0.3)],
    ['normal', init.normal(0.7)],
    ['truncatedNormal', init.truncatedNormal(0.7)],
    ['uniform', init.uniform(-1, 3)],
    ['glorot', init.glorot],
    ['he', init.he],
    ['orthogonal', init.orthogonal(3)],
  ])('starts with the lengths that %s gives', (_, initializer) => {
    const layer: DenseLayer = { type: 'dense', units: 50, init: initializer, weights: { type: 'weightNorm' } }
    const { kernel, 'kernel.gain': gain } = layerKind.definitionOf(layer).parameters(layer, [[200]])
    if (kernel === undefined || gain === undefined) throw new Error('both are trained')
    const random = generator(1)
    const [v, g] = [initialise(kernel, random), initialise(gain, random)]
    expect(size(gain.shape)).toBe(50)
    expect(length(v) / length(g)).toBeGreaterThan(0.97)
    expect(length(v) / length(g)).toBeLessThan(1.03)
  })
})

describe('equalised', () => {
  test.each([1, 0.01])(
    'weights work at first with He’s standard deviation, whatever the multiplier: %s',
    (multiplier) => {
      const layer: DenseLayer = { type: 'dense', units: 100, bias: false, weights: { type: 'equalised', multiplier } }
      const { kernel } = layerKind.definitionOf(layer).parameters(layer, [[100]])
      if (kernel === undefined) throw new Error('it is trained')
      const x = Float64Array.from({ length: 100 * 100 }, (_, i) => (i % 101 === 0 ? 1 : 0))
      const { y = [] } = lowered(layer, [[100]], 100).run({
        0: x,
        kernel: Float64Array.from(initialise(kernel, generator(1))),
      })
      expect(length(y) / 100).toBeCloseTo(Math.sqrt(2 / 100), 2)
    },
  )
})
