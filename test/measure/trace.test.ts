import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { showTrace } from '../../src/cli/show/showTrace.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { mul } from '../../src/dsl/terms/elementwise.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import type { Dynamics } from '../../src/dynamics/dynamics.ts'
import { extragradient } from '../../src/dynamics/extragradient.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { unrolled } from '../../src/dynamics/unrolled.ts'
import { type Moved, type PlayerTrace, trace } from '../../src/measure/trace.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { prepareGame } from '../../src/run/prepare.ts'
import { exponentialAverage, uniformAverage } from '../../src/spec/average.ts'
import { game } from '../../src/spec/game.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { rightOf } from '../data/files.ts'
import { root } from '../types/tsc.ts'

const ready = async () => {
  const { default: game }: { readonly default: GameSpec } = await import(`${root}/examples/faces.ts`)
  return rightOf(prepareGame(game, {}))
}

const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u))
const rate = 0.1

/** The step of the worked example once more, pixel by pixel, with nothing but arithmetic. */
test.each([0, 1, 50])('step %i of the worked example is what one computes by hand', async (step) => {
  const { players, state } = trace(await ready(), step)
  const tensor = (name: string): Moved => {
    const found = state.find((each) => each.name === name)
    if (found === undefined) throw new Error(name)
    return found
  }
  const [kernelD, biasD, kernelG, biasG] = [
    'D/1.dense/kernel',
    'D/1.dense/bias',
    'G/1.dense/kernel',
    'G/1.dense/bias',
  ].map(tensor)
  const [discriminator, generator] = players
  if (!kernelD || !biasD || !kernelG || !biasG || !discriminator || !generator) throw new Error('a part is missing')
  const draw = ({ draws }: PlayerTrace, end: string) => draws.find(({ name }) => name.endsWith(end))?.values ?? []

  const made = (z: number) => kernelG.before.map((w, i) => sigmoid(w * z + (biasG.before[i] ?? NaN)))
  const score = (pixels: readonly number[], kernel: readonly number[], bias: readonly number[]) =>
    pixels.reduce((sum, pixel, i) => sum + pixel * (kernel[i] ?? NaN), bias[0] ?? NaN)
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

  // D minimises -ln D(x) - ln(1 - D(G(z))): by a score u that is s - 1 for a real sample and s for a generated one, s = sigmoid(u).
  const faces = [0, 1].map((i) => draw(discriminator, 'data.x').slice(4 * i, 4 * i + 4))
  const fakes = draw(discriminator, 'latent.x').map(made)
  const judge = (pixels: readonly number[]) => sigmoid(score(pixels, kernelD.before, biasD.before))
  const cost = mean(faces.map((x) => -Math.log(judge(x)))) + mean(fakes.map((x) => -Math.log(1 - judge(x))))
  expect(discriminator.cost).toBeCloseTo(cost, 12)
  const blame = [...faces.map((x) => [x, judge(x) - 1] as const), ...fakes.map((x) => [x, judge(x)] as const)]
  const slopeD = [0, 1, 2, 3].map((i) => blame.reduce((sum, [x, b]) => sum + (b * (x[i] ?? NaN)) / 2, 0))
  const [byKernelD, byBiasD] = discriminator.gradients
  slopeD.forEach((slope, i) => {
    expect(byKernelD?.values[i]).toBeCloseTo(slope, 12)
  })
  expect(byBiasD?.values[0]).toBeCloseTo(
    blame.reduce((sum, [, b]) => sum + b / 2, 0),
    12,
  )
  kernelD.values.forEach((w, i) => {
    expect(w).toBeCloseTo((kernelD.before[i] ?? NaN) - rate * (slopeD[i] ?? NaN), 12)
  })

  // G minimises -ln D(G(z)), against the D that there is by then.
  const latents = draw(generator, 'latent.x')
  const answers = latents.map((z) => ({ z, x: made(z), s: sigmoid(score(made(z), kernelD.values, biasD.values)) }))
  expect(generator.cost).toBeCloseTo(mean(answers.map(({ s }) => -Math.log(s))), 12)
  const [byKernelG, byBiasG] = generator.gradients
  for (let i = 0; i < 4; i++) {
    const byPixel = answers.map(
      ({ x, s }) => (s - 1) * (kernelD.values[i] ?? NaN) * (x[i] ?? NaN) * (1 - (x[i] ?? NaN)),
    )
    expect(byBiasG?.values[i]).toBeCloseTo(mean(byPixel), 12)
    expect(byKernelG?.values[i]).toBeCloseTo(mean(byPixel.map((slope, j) => slope * (latents[j] ?? NaN))), 12)
    expect(biasG.values[i]).toBeCloseTo((biasG.before[i] ?? NaN) - rate * mean(byPixel), 12)
  }
})

test('the page about it shows what is printed', async () => {
  const page = await readFile(`${root}/docs/worked-example.md`, 'utf8')
  expect(page).toContain(showTrace(trace(await ready(), 0)).trimEnd())
})

/** D descends by theta psi, G by minus that; both start at 1, and averages of both are kept. */
const bilinear = (dynamics: Dynamics<'G' | 'D'>) => {
  const theta = network('theta', parameter([], init.constant(1)))
  const psi = network('psi', parameter([], init.constant(1)))
  const value = mul(theta(), psi())
  return rightOf(
    prepareGame(
      game({
        networks: { theta, psi },
        sources: {},
        players: { G: minimise(value, 'theta'), D: maximise(value, 'psi') },
        dynamics,
        optimizers: { G: sgd({ lr: 0.1 }), D: sgd({ lr: 0.1 }) },
        averages: { theta: exponentialAverage({ decay: 0.5 }), psi: uniformAverage() },
        batch: 1,
        steps: 10,
        seed: 1,
      }),
      {},
    ),
  )
}

test.each([0, 3])('averages of weights move in step %i', async (step) => {
  const { state } = trace(await bilinear(simultaneous), step)
  const [weight, average, uniform] = ['theta', 'average/theta', 'average/psi'].map((name) =>
    state.find((each) => each.name === `${name}/0.parameter/value`),
  )
  if (!weight || !average || !uniform) throw new Error('a tensor is missing')
  expect(average.values[0]).toBeCloseTo(((average.before[0] ?? NaN) + (weight.values[0] ?? NaN)) / 2, 12)
  expect(uniform.values[0]).not.toBe(uniform.before[0])
})

test('each gradient that a player moves by is listed once, and not those of steps that are only tried', async () => {
  const names = async (dynamics: Dynamics<'G' | 'D'>) =>
    trace(await bilinear(dynamics), 0).players.map(({ gradients }) =>
      gradients.map(({ name, update }) => [name, update]),
    )
  const [theta, psi] = ['theta/0.parameter/value', 'psi/0.parameter/value']
  expect(await names(unrolled({ player: 'G', against: 'D', steps: 2 }))).toEqual([[[theta, 0]], [[psi, 0]]])
  expect(await names(extragradient)).toEqual([[[theta, 0]], [[psi, 0]]])
  const twice = alternating({ D: 2, G: 1 })
  expect(await names(twice)).toEqual([
    [[theta, 0]],
    [
      [psi, 0],
      [psi, 1],
    ],
  ])
  expect(showTrace(trace(await bilinear(twice), 0))).toContain('gradient by psi/0.parameter/value, update 2')
})
