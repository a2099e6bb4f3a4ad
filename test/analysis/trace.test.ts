import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Moved, type PlayerTrace, trace } from '../../src/analysis/trace.ts'
import { showTrace } from '../../src/cli/showTrace.ts'
import type { GameSpec } from '../../src/dsl/spec.ts'
import { prepareGame } from '../../src/training/prepare.ts'
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
