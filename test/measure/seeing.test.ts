import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { startBackend } from '../../src/backends/start/registry.ts'
import { compile } from '../../src/compile/compile.ts'
import { rolesOf } from '../../src/compile/roles.ts'
import { noFiles, openSources } from '../../src/data/datasets.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { mixture } from '../../src/dsl/sources/mixture.ts'
import { uniform } from '../../src/dsl/sources/uniform.ts'
import * as losses from '../../src/losses/losses.ts'
import { askSamples } from '../../src/measure/ask.ts'
import { readCritic } from '../../src/measure/criticReading.ts'
import { confusionOf } from '../../src/measure/metrics/confusion.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { initialState } from '../../src/run/initialState.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { right } from '../data/files.ts'
import { everySeeing, ganSeeing, type Seeing } from '../theory/seeing.ts'

const cases: readonly { readonly name: string; readonly loss: Loss; readonly end?: 'softplus' }[] = [
  { name: 'hinge', loss: losses.hinge },
  { name: 'leastSquares', loss: losses.leastSquares() },
  { name: 'energyBased', loss: losses.energyBased({ margin: 3, energy: 'output' }), end: 'softplus' },
]

/** Data about (3, 3) and samples about (-3, -3): no noise of 0.1 brings them together, nor does doubling. */
const gameOf = (loss: Loss, seeing: Seeing, end: 'linear' | 'softplus') => ({
  ...ganSeeing(loss, seeing, end),
  sources: {
    data: mixture({ means: [[3, 3]], std: 0.02 }),
    latent: uniform([16], { low: 0, high: 1 }),
  },
  batch: 8,
})

/** D is the sum of all that it is given, many times, so that data lie far above any threshold; turned where they lie below. */
const stateOf = (samples: number, side: 1 | -1) => ({
  'D/1.dense/kernel': { shape: [2 * samples, 1], values: new Float32Array(2 * samples).fill(5 * side) },
  'D/1.dense/bias': { shape: [1], values: new Float32Array(1) },
  'G/1.dense/kernel': { shape: [16, 2], values: new Float32Array(32) },
  'G/1.dense/bias': { shape: [2], values: new Float32Array(2).fill(-3) },
})

/** Combinations in which what is likelier real can be told. */
const told = everySeeing.filter(({ flips }) => flips !== 0.5)

describe('a D that separates all samples is right on all of them, whatever it sees', () => {
  test.each(cases)('$name', async ({ loss, end }) => {
    const backend = right(await startBackend('reference')())
    for (const seeing of told) {
      const compiled = right(compile(gameOf(loss, seeing, end ?? 'linear')))
      const roles = right(rolesOf(compiled))
      expect(roles.samples, JSON.stringify(seeing)).toBe(seeing.samples)
      const threshold = right(right(readCritic(compiled, roles)).threshold)
      // Low energies are real; where most labels are flipped D learns the kinds the other way round.
      const isHigh = (end === 'softplus') === (seeing.flips === 0.8)
      const start = initialState(compiled.state, 1, createRandom())
      const state = { ...start, ...stateOf(seeing.samples, isHigh ? 1 : -1) }
      const store = right(await backend.store(state)())
      const dataSources = right(await openSources(compiled.game, noFiles)())
      const subject = { elaborated: compiled, store, drawSource: createDrawSource(createRandom(), 1, dataSources) }
      const terms = { real: roles.realScore, fake: roles.generatedScore }
      const { real, fake } = right(await askSamples(subject, terms, { count: 16, batch: 8 })())
      store.dispose()
      const found = confusionOf(threshold, real, fake)
      expect(found, JSON.stringify(seeing)).toMatchObject({ accuracy: 1, realAsReal: 16, generatedAsGenerated: 16 })
    }
  })

  test('where half of all labels are flipped, no threshold is given', () => {
    for (const seeing of everySeeing.filter(({ flips }) => flips === 0.5)) {
      const compiled = right(compile(gameOf(losses.nonSaturating, seeing, 'linear')))
      const { threshold } = right(readCritic(compiled, right(rolesOf(compiled))))
      expect(E.isLeft(threshold), JSON.stringify(seeing)).toBe(true)
    }
  })
})
