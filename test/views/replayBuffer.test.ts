import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileQuery } from '../../src/compile/query.ts'
import { rolesOf } from '../../src/compile/roles.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { mul } from '../../src/dsl/terms/elementwise.ts'
import { E, sum } from '../../src/dsl/terms/statistics.ts'
import type { Values } from '../../src/ir/evaluate.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { replayBuffer } from '../../src/views/replayBuffer.ts'
import { compiled, gameOf, only, played, someState } from '../compile/playing.ts'
import { viewGames } from '../conformance/penalties.ts'
import { right } from '../data/files.ts'

const size = 3
const width = 2

/** The mean of what is shown, each number of it weighed by one that is drawn: so nothing of it can change unseen. */
const gameOfBatch = (batch: number) => {
  const made = source('made', normal([width]))
  const one = network('one', parameter([], init.constant(1)))
  const shown = replayBuffer(sample(made), { shape: [width], size })
  const objective = mul(one(), E(sum(mul(shown, noise('normal', [width], 'weights')))))
  return compiled(
    gameOf({
      networks: { one: one.net },
      sources: { made: made.source },
      players: { p: { goal: 'minimise', objective: objective.term, over: ['one'] } },
      optimizers: { p: sgd({ lr: 0 }) },
      batch,
    }),
  )
}

interface Update {
  readonly made: readonly number[]
  readonly weights: readonly number[]
  readonly place: readonly number[]
  readonly swap: readonly number[]
  readonly lot: readonly number[]
}

/** The rule in plain words: a buffer that changes, and what is shown. */
const simulate = (buffer: number[][], { made, place, swap, lot }: Update): number[][] => {
  const images = place.map((_, j) => made.slice(j * width, (j + 1) * width))
  const lowest = (some: readonly number[]) => some.reduce((a, b) => ((lot[b] ?? 1) < (lot[a] ?? 1) ? b : a))
  const all = images.map((_, j) => j)
  if (buffer.length < size) {
    buffer.push(images[lowest(all)] ?? [])
    return images
  }
  const shown = [...images]
  for (let row = 0; row < size; row++) {
    const wishing = all.filter((j) => (swap[j] ?? 0) > 0.5 && Math.floor(size * (place[j] ?? 0)) === row)
    if (wishing.length === 0) continue
    const winner = lowest(wishing)
    shown[winner] = buffer[row] ?? []
    buffer[row] = images[winner] ?? []
  }
  return shown
}

const list = (of: fc.Arbitrary<number>, count: number) => fc.array(of, { minLength: count, maxLength: count })
const uniform = fc.integer({ min: 0, max: 2 ** 24 - 1 }).map((n) => n / 2 ** 24)
const number = fc.double({ min: -3, max: 3, noNaN: true })

const updates = (batch: number): fc.Arbitrary<readonly Update[]> =>
  fc.array(
    fc.record({
      made: list(number, batch * width),
      weights: list(number, batch * width),
      place: list(uniform, batch),
      swap: list(uniform, batch),
      lot: fc.uniqueArray(uniform, { minLength: batch, maxLength: batch }),
    }),
    { minLength: size + 1, maxLength: 12 },
  )

test.each([1, 4])('in batches of %i it shows and holds what a plain simulation does', (batch) => {
  const game = gameOfBatch(batch)
  fc.assert(
    fc.property(updates(batch), (all) => {
      const older: number[][] = []
      let state: Values = someState(game)
      for (const update of all) {
        const shown = simulate(older, update)
        const result = played(game, { ...state, 'one/0.parameter/value': Float64Array.of(1) }, drawn(update))
        const weighed = shown.flat().reduce((total, x, i) => total + x * (update.weights[i] ?? 0), 0) / batch
        expect(only(result.metrics.p)).toBeCloseTo(weighed, 10)
        state = { ...state, ...result.state }
        const held = [...(state['p/replayBuffer'] ?? [])].slice(0, older.length * width)
        older.flat().forEach((x, i) => {
          expect(held[i]).toBeCloseTo(x, 10)
        })
      }
    }),
    { numRuns: 50 },
  )
})

const drawn = ({ made, weights, place, swap, lot }: Update): Values => ({
  'p/0/made.x': Float64Array.from(made),
  'p/0/noise/weights': Float64Array.from(weights),
  'p/0/noise/replayBuffer-place': Float64Array.from(place),
  'p/0/noise/replayBuffer-swap': Float64Array.from(swap),
  'p/0/noise/replayBuffer-lot': Float64Array.from(lot),
})

test('what a discriminator sees through it can be asked of a trained game, as it starts', () => {
  const { replayBuffer: spec } = viewGames
  const data = ring({ modes: 8, radius: 2, std: 0.02 })
  const game = compiled({ ...spec, sources: { ...spec.sources, data } })
  const { generatedScore } = right(rolesOf(game))
  const { nodes, metrics } = right(compileQuery(game, { score: generatedScore }, { batch: 4, stream: 'asked' }))
  expect(nodes[metrics.score ?? -1]?.shape[0]).toBe(4)
})
