import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { compile } from '../../src/compile/compile.ts'
import { compileQuery } from '../../src/compile/query.ts'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { D, G, type Penalty, type ShapedPenalty, x, z } from '../../src/dsl/objectives/symbols.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as average, grad, norm, sum } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { slopeAt, slopeBetween } from '../../src/losses/slope.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { train } from '../../src/run/train.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import * as views from '../../src/views/views.ts'
import { only, someDraws } from '../compile/playing.ts'
import { rightOf } from '../data/files.ts'

type List = readonly (Penalty | ShapedPenalty)[]
type Charges = List | { readonly discriminator?: List; readonly generator?: List }

const rate = adam({ lr: 1e-2, beta1: 0.5 })
const game = (charges: Charges): GameSpec =>
  gan({
    generator: pipe(input([2]), dense(8), tanh, dense(2)),
    discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(16), leakyRelu(0.2), dense(1)),
    latent: normal([2]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    loss: losses.wasserstein,
    penalties: charges,
    optimizers: { generator: adam({ lr: 1e-4 }), discriminator: rate },
    batch: 32,
    steps: 150,
    seed: 1,
  })

/** What a number is at the end of training with these penalties. */
const trained = async (charges: Charges, number: Penalty): Promise<number> => {
  const spec = game(charges)
  const { state } = await rightOf(train(spec))
  return asked(spec, state, number)
}

const asked = (spec: GameSpec, state: HostTensors, number: Penalty): number => {
  const program = pipe(
    compile(spec),
    E.flatMap((compiled) => compileQuery(compiled, { number: number.term }, { batch: 64, stream: 'asked' })),
    E.getOrElseW((errors) => {
      throw new Error(JSON.stringify(errors))
    }),
  )
  const values = Object.fromEntries(
    Object.entries(state).map(([name, { values }]) => [name, Float64Array.from(values)]),
  )
  return only(evaluate(program, { state: values, draws: someDraws(program), step: 0 }).metrics.number)
}

const shapes = { sample: [2], latent: [2] }
const itself = (of: Penalty | ShapedPenalty): Penalty => (typeof of === 'function' ? of(shapes) : of)
const one = { weight: 1 }
const near = { weight: 1, std: 0.3 }
const view = views.instanceNoise({ std: 0.5 })
const gap = sub(average(D(x)), average(D(G(z))))
const steep = {
  between: average(norm(slopeBetween)),
  data: average(norm(slopeAt(x))),
  samples: average(norm(slopeAt(G(z)))),
}

/** What each penalty on D is to keep small, with a weight that does. */
const kept: {
  readonly [name in Exclude<keyof typeof penalties, 'latentDiversity' | 'pathLength'>]: readonly [
    Penalty | ShapedPenalty,
    Penalty,
  ]
} = {
  gradientPenalty: [penalties.gradientPenalty({ weight: 10 }), steep.between],
  lipschitzPenalty: [penalties.lipschitzPenalty({ weight: 10 }), steep.between],
  largestSlope: [penalties.largestSlope(one), itself(penalties.largestSlope(one))],
  r1: [penalties.r1({ weight: 10 }), steep.data],
  r2: [penalties.r2({ weight: 10 }), steep.samples],
  r1r2: [penalties.r1r2({ weight: 10 }), steep.data],
  dragan: [penalties.dragan({ weight: 10 }), steep.data],
  jensenShannonPenalty: [penalties.jensenShannonPenalty({ weight: 10 }), itself(penalties.jensenShannonPenalty(one))],
  leCam: [penalties.leCam(one), gap],
  consistency: [penalties.consistency({ weight: 10, view }), itself(penalties.consistency({ weight: 1, view }))],
  balancedConsistency: [
    penalties.balancedConsistency({ real: 10, fake: 10, view }),
    itself(penalties.balancedConsistency({ real: 1, fake: 1, view })),
  ],
  latentConsistency: [penalties.latentConsistency({ ...near, weight: 100 }), itself(penalties.latentConsistency(near))],
  orthogonal: [penalties.orthogonal(one), itself(penalties.orthogonal(one))],
  offDiagonal: [penalties.offDiagonal(one), itself(penalties.offDiagonal(one))],
}

describe('a critic that pays keeps small what it pays for', () => {
  test.each(Object.entries(kept))('%s', async (_, [penalty, number]) => {
    const [free, paid] = [await trained([], number), await trained([penalty], number)]
    expect(paid).toBeGreaterThanOrEqual(0)
    expect(paid).toBeLessThan(0.5 * free)
  })

  test('a gradient penalty keeps slopes near 1', async () => {
    expect(await trained([penalties.gradientPenalty({ weight: 10 })], steep.between)).toBeCloseTo(1, 0)
  })
})

describe('a generator that pays', () => {
  test('makes near latents differ more', async () => {
    const spec = (generator: readonly ShapedPenalty[]) => ({
      ...game({ generator }),
      optimizers: { discriminator: rate, generator: rate },
    })
    const [free, paid] = [spec([]), spec([penalties.latentDiversity(near)])]
    const end = async (of: GameSpec) =>
      asked(of, (await rightOf(train(of))).state, itself(penalties.latentDiversity(near)))
    expect(await end(paid)).toBeLessThan(2 * (await end(free)))
  })

  test('makes steps of the latent move samples alike', async () => {
    const length = norm(grad(sum(mul(G(z), noise('normal', [2], 'path'))), z))
    const variance = average(square(sub(length, average(length))))
    const objective = itself(penalties.pathLength({ weight: 1 })).term
    const alone = (steps: number): GameSpec => ({
      ...game([]),
      players: { generator: { goal: 'minimise', objective, over: ['G'] } },
      dynamics: simultaneous,
      optimizers: { generator: rate },
      steps,
    })
    const ending = async (steps: number) => asked(alone(steps), (await rightOf(train(alone(steps)))).state, variance)
    expect(await ending(300)).toBeLessThan(0.5 * (await ending(0)))
  })
})
