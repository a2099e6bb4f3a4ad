import { describe, expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../../src/backends/core/backend.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { sigmoid, softplus, tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Net } from '../../src/dsl/networks/net.ts'
import { maximise } from '../../src/dsl/objectives/player.ts'
import { gaussian } from '../../src/dsl/sources/gaussian.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, log, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as mean, sum } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { type BestReply, bestReply } from '../../src/measure/bestReply.ts'
import type { ReplyOptions } from '../../src/measure/replyGame.ts'
import { equilibriumValue } from '../../src/measure/textbookValue.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { initialState } from '../../src/run/initialState.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { jensenShannon } from './jensenShannon.ts'
import { copy, type Ready, ready, right, rolesIn, trained } from './ready.ts'

const options: ReplyOptions = { steps: 400, rate: 1e-2, batch: 512, batches: 100, seed: 7 }

const scores = pipe(input([1]), dense(24), tanh, dense(24), tanh, dense(1))

/** A standard normal generator that nothing trains, against normal data of the given mean. */
const frozen = (centre: number, critic: Net<{ readonly x: [1] }, [number]> = scores): Promise<Ready> => {
  const D = network('D', critic)
  const G = network('G', copy(1))
  const data = source('data', gaussian({ mean: centre, std: 1 }))
  const latent = source('latent', normal([1]))
  const value = sub(mean(sum(D(sample(data)))), mean(sum(D(G(sample(latent))))))
  return ready(
    game({
      networks: { D, G },
      sources: { data, latent },
      players: { critic: maximise(value, 'D') },
      dynamics: simultaneous,
      optimizers: { critic: adam({ lr: 1e-3 }) },
      batch: 64,
      steps: 1,
      seed: 1,
    }),
  )
}

/** The same with a generator that stands still, and a D that plays for V. */
const minimaxed = (centre: number, steps: number): Promise<Ready> => {
  const D = network('D', scores)
  const G = network('G', copy(1))
  const data = source('data', gaussian({ mean: centre, std: 1 }))
  const latent = source('latent', normal([1]))
  const value = add(mean(log(sigmoid(D(sample(data))))), mean(log(sub(1, sigmoid(D(G(sample(latent))))))))
  return ready(
    game({
      networks: { D, G },
      sources: { data, latent },
      players: { critic: maximise(sum(value), 'D') },
      dynamics: simultaneous,
      optimizers: { critic: adam({ lr: 1e-2 }) },
      batch: 256,
      steps,
      seed: 1,
    }),
  )
}

/** A store whose every run takes a while. */
const delayed = (store: Store): Store => ({
  ...store,
  fork: () => delayed(store.fork()),
  compile: (program) =>
    pipe(
      store.compile(program),
      TE.map(({ run, dispose }) => ({ run: (feeds) => pipe(run(feeds), T.delay(30)), dispose })),
    ),
})

const replyOf = (at: Ready, changed: Partial<ReplyOptions> = {}) =>
  bestReply({ ...at, roles: rolesIn(at) }, { ...options, ...changed })()

const replyTo = async (at: Ready, changed: Partial<ReplyOptions> = {}): Promise<BestReply> =>
  right(await bestReply({ ...at, roles: rolesIn(at) }, { ...options, ...changed })())

describe('bestReply', () => {
  it('has value -log 4 against a generator that equals the data', async () => {
    const { fresh, equilibrium } = await replyTo(await frozen(0))
    expect(equilibrium).toBe(-Math.log(4))
    // D is right by luck alone, so on fresh draws it can only lose.
    expect(fresh.value).toBeLessThan(equilibriumValue + 4 * fresh.standardError)
    expect(fresh.value).toBeGreaterThan(equilibriumValue - 0.01)
  })

  it('has value near 0, and never above, against a generator far off', async () => {
    const { fresh } = await replyTo(await frozen(20))
    expect(fresh.value).toBeLessThanOrEqual(0)
    expect(fresh.value).toBeGreaterThan(-0.01)
  })

  it.each([0.5, 1, 2])('has value -log 4 + 2 JSD against a generator %d standard deviations off', async (distance) => {
    const { fresh } = await replyTo(await frozen(distance))
    const exact = equilibriumValue + 2 * jensenShannon(distance)
    expect(fresh.standardError).toBeLessThan(0.006)
    expect(fresh.value).toBeLessThan(exact + 4 * fresh.standardError)
    expect(fresh.value).toBeGreaterThan(exact - 0.01 - 4 * fresh.standardError)
  })

  it('is the same whatever the trained critic is, which is measured beside it', async () => {
    const one = await frozen(1)
    const other = { ...one, state: initialState(one.compiled.state, 99, createRandom()) }
    const [a, b] = [await replyTo(one, { steps: 60 }), await replyTo(other, { steps: 60 })]
    expect(a.fresh).toEqual(b.fresh)
    expect(a.trained).not.toEqual(b.trained)
    expect(a.fresh.value).toBeGreaterThan(Math.max(a.trained.value, b.trained.value))
  })

  it('takes a critic that ends in a sigmoid as the probability itself', async () => {
    const { fresh } = await replyTo(await frozen(1, pipe(scores, sigmoid)))
    expect(fresh.value).toBeCloseTo(equilibriumValue + 2 * jensenShannon(1), 1.5)
  })

  it('says why a critic of several numbers has none', async () => {
    const at = await frozen(1, pipe(input([1]), dense(3)))
    const result = await bestReply({ ...at, roles: rolesIn(at) }, options)()
    expect(result).toMatchObject({ left: { type: 'NoAnswer', message: 'D gives [3] per sample, and not one number' } })
  })

  it('is not taken of a critic whose range has neither probabilities nor all logits', async () => {
    const at = await frozen(1, pipe(input([1]), dense(1), softplus))
    const result = await bestReply({ ...at, roles: rolesIn(at) }, options)()
    expect(result).toMatchObject({
      left: {
        type: 'NoAnswer',
        message: 'D gives numbers in (0, ∞) alone, which are neither probabilities nor their logits',
      },
    })
  })

  it('stops at a signal', async () => {
    const at = await frozen(1)
    const stop = new AbortController()
    const seen: number[] = []
    const onProgress = (done: number): void => {
      seen.push(done)
      if (seen.length === 2) stop.abort()
    }
    const asked = { ...at, roles: rolesIn(at) }
    const reply = right(await bestReply(asked, { ...options, steps: 100_000, signal: stop.signal, onProgress })())
    expect(seen.length).toBe(2)
    expect(reply).toMatchObject({ steps: seen.at(-1), planned: 100_000 })
    expect(reply.fresh.value).toBeLessThan(0)
  })

  it('is left out where a signal came before its first step', async () => {
    const result = await replyOf(await frozen(1), { signal: AbortSignal.abort() })
    expect(result).toMatchObject({ left: { type: 'NoAnswer', message: 'interrupted' } })
  })

  it('is the same number on a machine of any speed', async () => {
    const at = await frozen(1)
    const slow: Backend = { ...at.backend, store: (state) => pipe(at.backend.store(state), TE.map(delayed)) }
    const quick = { steps: 30, batches: 4 }
    expect(await replyTo({ ...at, backend: slow }, quick)).toEqual(await replyTo(at, quick))
  })

  it('is never below what a constant D gives, and the trained D’s value where that is larger', async () => {
    const at = await frozen(1)
    const untrained = await replyTo(at, { steps: 1, rate: 1 })
    expect(untrained.fresh.value).toBeLessThan(equilibriumValue)
    const reached = Math.max(equilibriumValue, untrained.trained.value)
    expect(untrained.best.value).toBe(reached)
    const learned = await replyTo(at)
    expect(learned.best).toMatchObject({ of: 'fresh', value: learned.fresh.value })
    const taught = await replyTo(await trained(await minimaxed(1, 400)), { steps: 1, rate: 1 })
    expect(taught.best).toMatchObject({ of: 'trained', value: taught.trained.value })
  })
})
