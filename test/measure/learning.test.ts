import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { sigmoid, tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Net } from '../../src/dsl/networks/net.ts'
import { maximise } from '../../src/dsl/objectives/player.ts'
import { discrete } from '../../src/dsl/sources/discrete.ts'
import { given } from '../../src/dsl/terms/draw.ts'
import { add, div, log, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as mean } from '../../src/dsl/terms/statistics.ts'
import { updates } from '../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { askSamples } from '../../src/measure/ask.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { copy, type Ready, ready, right, trained } from './ready.ts'

const outcomes = 5
const steps = 400

/** Every outcome has a probability of 3 % at least, so that each is seen in every batch. */
const distributions = fc
  .array(fc.double({ min: 0.03, max: 1, noNaN: true }), { minLength: outcomes, maxLength: outcomes })
  .map((weights) => {
    const floor = 0.03
    const total = weights.reduce((a, b) => a + b)
    return weights.map((weight) => floor + (1 - floor * outcomes) * (weight / total))
  })

type Critic = Net<{ readonly x: [number] }, [1]>

/** The textbook game of a critic against a generator that gives outcomes of fixed probabilities. */
const textbook = (critic: Critic, data: readonly number[], generated: readonly number[]) => {
  const D = network('D', critic)
  const G = network('G', copy(outcomes))
  const real = source('data', discrete({ probabilities: data }))
  const latent = source('latent', discrete({ probabilities: generated }))
  const V = add(mean(log(sigmoid(D(sample(real))))), mean(log(sub(1, sigmoid(D(G(sample(latent))))))))
  return game({
    networks: { D, G },
    sources: { data: real, latent },
    players: { discriminator: maximise(V, 'D') },
    dynamics: simultaneous,
    optimizers: { discriminator: adam({ lr: mul(0.05, sub(1, div(updates, steps))) }) },
    batch: 1024,
    steps,
    seed: 1,
  })
}

/** What D says of each outcome. */
const probabilities = async (at: Ready): Promise<readonly number[]> => {
  const { compiled, backend, dataSources, state } = at
  const store = right(await backend.store(state)())
  const subject = { elaborated: compiled, store, drawSource: createDrawSource(createRandom(), 1, dataSources) }
  const each = Float32Array.from({ length: outcomes ** 2 }, (_, i) => (i % (outcomes + 1) === 0 ? 1 : 0))
  const D = sigmoid({ term: { op: 'apply', network: 'D', inputs: { x: given('outcome', [outcomes]).term } } })
  const answers = askSamples(subject, { D: D.term }, { count: outcomes, batch: outcomes, given: { outcome: each } })
  const values = right(await answers()).D ?? new Float32Array(0)
  store.dispose()
  return [...values]
}

describe('a discriminator trained against a frozen generator', () => {
  // Of 400 batches of 1024, an outcome of 3 % is seen 12,000 times: its share is known to 1 %, and D* to less than 0.005.
  const tolerance = 0.02

  it.each<readonly [string, Critic]>([
    ['a table', pipe(input([outcomes]), dense(1, { bias: false }))],
    ['an MLP', pipe(input([outcomes]), dense(16), tanh, dense(16), tanh, dense(1))],
  ])('reaches D* = p / (p + q) as %s', async (_, critic) => {
    await fc.assert(
      fc.asyncProperty(distributions, distributions, async (p, q) => {
        const found = await probabilities(await trained(await ready(textbook(critic, p, q))))
        for (const [i, D] of found.entries())
          expect(Math.abs(D - (p[i] ?? 0) / ((p[i] ?? 0) + (q[i] ?? 0)))).toBeLessThan(tolerance)
      }),
      { numRuns: 3 },
    )
  })
})
