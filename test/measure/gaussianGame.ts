import { pipe } from '#fp-ts/function'
import { jensenShannon } from '../../src/algebra/divergence.ts'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { gaussian } from '../../src/dsl/sources/gaussian.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { div, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import { step } from '../../src/dsl/terms/variables.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { r1 } from '../../src/losses/r1.ts'
import { askSamples } from '../../src/measure/ask.ts'
import { type BestReply, bestReply } from '../../src/measure/bestReply.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { type Ready, ready, right, rolesIn, trained } from './ready.ts'

const data = { mean: 3, std: 0.7 }
const steps = 2000

/** A whole game on the line, with R1, without which the textbook game only circles its equilibrium (Mescheder et al. 2018). */
const gaussianGame = (seed: number): GameSpec => {
  const rate = adam({ lr: mul(5e-3, sub(1, div(step, steps))), beta1: 0 })
  return gan({
    generator: pipe(input([4]), dense(24), tanh, dense(24), tanh, dense(1)),
    discriminator: pipe(input([1]), dense(32), leakyRelu(0.2), dense(32), leakyRelu(0.2), dense(1)),
    latent: normal([4]),
    data: gaussian(data),
    loss: nonSaturating,
    penalties: [r1({ weight: 0.1 })],
    optimizers: { discriminator: rate, generator: rate },
    batch: 256,
    steps,
    seed,
  })
}

interface Found {
  /** JSD of generated and real samples over the bins of a histogram, in nats. */
  readonly divergence: number
  readonly reply: BestReply
}

export interface Outcome {
  readonly before: Found
  readonly after: Found
}

/** What a seed's game comes to, measured before its first step and after its last. */
export const playGaussian = async (seed: number): Promise<Outcome> => {
  const start = await ready(gaussianGame(seed))
  return { before: await found(start), after: await found(await trained(start)) }
}

const found = async (at: Ready): Promise<Found> => ({
  divergence: await histogramDivergence(at),
  reply: await reply(at),
})

const reply = async (at: Ready): Promise<BestReply> =>
  right(
    await bestReply(
      { ...at, roles: rolesIn(at) },
      { steps: 300, rate: 1e-2, batch: 512, batches: 100, seed: at.seed + 1000 },
    )(),
  )

const count = 40_000
const bins = 40

const histogramDivergence = async (at: Ready): Promise<number> => {
  const { compiled, backend, dataSources, state, seed } = at
  const { real, generated } = rolesIn(at)
  const store = right(await backend.store(state)())
  const subject = { elaborated: compiled, store, drawSource: createDrawSource(createRandom(), seed, dataSources) }
  const answers = right(await askSamples(subject, { real, generated }, { count, batch: 2_000 })())
  store.dispose()
  const [p, q] = [histogram(answers.real), histogram(answers.generated)]
  return jensenShannon(p, q)
}

/** Shares per bin over 5 standard deviations to both sides; what lies beyond is in the outermost. */
const histogram = (values: Float32Array = new Float32Array(0)): readonly number[] => {
  const shares = Array.from({ length: bins }, () => 0)
  for (const value of values) {
    const place = Math.floor(((value - data.mean) / (10 * data.std) + 0.5) * bins)
    const bin = Math.min(Math.max(place, 0), bins - 1)
    shares[bin] = (shares[bin] ?? 0) + 1 / values.length
  }
  return shares
}
