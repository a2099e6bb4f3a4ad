import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../../../src/backends/core/backend.ts'
import { startBackend } from '../../../src/backends/start/registry.ts'
import { leakyRelu } from '../../../src/dsl/layers/activations.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { ring } from '../../../src/dsl/sources/ring.ts'
import type { BackendError } from '../../../src/errors/backendError.ts'
import * as losses from '../../../src/losses/losses.ts'
import * as penalties from '../../../src/losses/penalties.ts'
import { compare } from '../../../src/measure/comparison/compare.ts'
import type { Compared, Comparison, Measured } from '../../../src/measure/comparison/comparison.ts'
import { tolerance } from '../../../src/measure/comparison/deviation.ts'
import { adam } from '../../../src/optimizers/adam.ts'
import { prepareGame } from '../../../src/run/prepare.ts'
import { gan } from '../../../src/spec/gan.ts'
import type { GameSpec } from '../../../src/spec/spec.ts'
import { right, rightOf } from '../../data/files.ts'
import { smallRing } from '../../run/ring.ts'
import { rounding, type Spoil, spoiled } from './spoiled.ts'

const small = { ...smallRing, batch: 8 }

const error: BackendError = { type: 'BackendError', backend: 'absent', message: 'it is absent', hint: 'Get it.' }

/** Compares backends that are wrong on purpose. */
const compared = async (
  game: GameSpec,
  steps: number,
  backends: { readonly [name: string]: Backend | undefined },
): Promise<Comparison> => {
  const ready = await rightOf(prepareGame(game, {}))
  const spent = () => performance.now() / 1000
  const start = (name: string) =>
    pipe(
      backends[name],
      TE.fromNullable(error),
      TE.map((backend) => ({ backend, spent })),
    )
  return compare(ready, { backends: Object.keys(backends), steps, start })()
}

const only = ({ backends: [first] }: Comparison): Measured => right(first?.outcome ?? E.left('nothing'))

const measured = async (game: GameSpec, steps: number, spoil: Spoil): Promise<Measured> =>
  only(await compared(game, steps, { spoiled: await spoiled(spoil) }))

test('the reference agrees with itself to the last bit', async () => {
  const { worst, drift, verdict, seconds } = await measured(small, 5, (_, id) => id)
  expect({ worst, drift, verdict }).toMatchObject({
    worst: { relative: 0 },
    drift: expect.closeTo(0, 5),
    verdict: { type: 'agrees' },
  })
  expect(seconds).toBeGreaterThan(0)
})

/** Gradients that are 0 but for rounding, which Adam makes as large as any other. */
const cancelling: GameSpec = gan({
  generator: pipe(input([3]), dense(8), leakyRelu(0.2), dense(2)),
  discriminator: pipe(input([2]), dense(8), leakyRelu(0.2), dense(1)),
  latent: normal([3]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.wasserstein,
  penalties: [penalties.gradientPenalty({ weight: 10 })],
  optimizers: { generator: adam({ lr: 0.01 }), discriminator: adam({ lr: 0.01 }) },
  batch: 8,
  steps: 10,
  seed: 1,
})

test.each([
  ['a small game', small],
  ['gradients that cancel', cancelling],
])('rounding is no fault: %s', async (_, game) => {
  const found = await measured(game, 10, rounding)
  expect(found.verdict.type, JSON.stringify(found)).not.toBe('differs')
  expect(found.worst.relative).toBeGreaterThan(0)
})

test('an op that is wrong is named, with the step and the tensor that showed it', async () => {
  const found = await measured(small, 3, (b, id, { op }) => (op === 'softplus' ? b.mul(id, b.number(1.01)) : id))
  expect(found.worst.relative).toBeGreaterThan(tolerance)
  expect(found.verdict).toMatchObject({
    type: 'differs',
    at: { op: 'softplus', fault: 'wrong', step: 0, origin: expect.stringContaining('discriminator: ') },
  })
})

test('NaN that the reference has not is found', async () => {
  const always = await measured(small, 3, (b, id, { op, shape }) =>
    op === 'softplus' ? b.full(shape, Number.NaN) : id,
  )
  expect(always).toMatchObject({ notFinite: 0, worst: { relative: Number.POSITIVE_INFINITY } })
  expect(always.verdict).toMatchObject({ type: 'differs', at: { op: 'softplus', found: Number.NaN } })
  expect(always).not.toHaveProperty('drift')
})

test('where the game itself is not finite, the comparison ends before it', async () => {
  const wild = adam({ lr: 1e30 })
  const comparison = await compared({ ...small, optimizers: { generator: wild, discriminator: wild } }, 8, {
    spoiled: await spoiled((_, id) => id),
  })
  expect(comparison.steps).toBe(8)
  expect(comparison.notFinite).toBeLessThan(8)
  expect(only(comparison)).not.toHaveProperty('drift')
  expect(only(comparison).verdict.type).toBe('agrees')
})

/** Counts what is open. */
const counted = (backend: Backend, count: Map<string, number>, failAt: number): Backend => {
  const change = (what: string, by: number): void => void count.set(what, (count.get(what) ?? 0) + by)
  let runs = 0
  const watch = (store: Store): Store => ({
    ...store,
    compile: (program) =>
      pipe(
        store.compile(program),
        TE.map((executable) => {
          change('executables', 1)
          return {
            run: (feeds) => (++runs === failAt ? TE.left({ ...error, message: 'device lost' }) : executable.run(feeds)),
            dispose: () => {
              change('executables', -1)
              executable.dispose()
            },
          }
        }),
      ),
    dispose: () => {
      change('stores', -1)
      store.dispose()
    },
  })
  change('backends', 1)
  return {
    ...backend,
    store: (initial) =>
      pipe(
        backend.store(initial),
        TE.map((store) => {
          change('stores', 1)
          return watch(store)
        }),
      ),
    dispose: () => change('backends', -1),
  }
}

test.each([1, 4, 9, 12, 1000])(
  'what fails at call %d is out, the others go on, and all is given back',
  async (failAt) => {
    const wrong = await spoiled((b, id, { op }) => (op === 'softplus' ? b.neg(id) : id))
    const count = new Map<string, number>()
    const { backends } = await compared(small, 4, {
      absent: undefined,
      failing: counted(wrong, count, failAt),
      reference: await rightOf(startBackend('reference')),
    })
    const outcome = (of: string): Compared['outcome'] =>
      backends.find(({ name }) => name === of)?.outcome ?? E.left(error)
    expect(outcome('absent')).toEqual(E.left(error))
    expect(outcome('failing')).toMatchObject(failAt < 1000 ? { left: { message: 'device lost' } } : { _tag: 'Right' })
    expect(right(outcome('reference')).verdict).toEqual({ type: 'agrees' })
    expect([...count.values()]).toEqual([0, 0, 0])
  },
)

test('where no backend is left, no step of the reference is taken', async () => {
  const { backends, notFinite } = await compared(small, 1_000_000, { absent: undefined })
  expect(backends).toEqual([{ name: 'absent', outcome: E.left(error) }])
  expect(notFinite).toBeUndefined()
})

/** Products that are off by less than is a fault, of which Adam makes more; in step 5 a fault besides. */
const coarse: Spoil = (b, id, { op, shape }) => {
  const count = shape.reduce((product, n) => product * n, 1)
  const factors = Array.from({ length: count }, (_, i) => 1 + 2 ** -11 * Math.sin(12.9898 * i))
  if (op === 'matmul') return b.mul(id, b.constant(shape, factors))
  if (op !== 'softplus') return id
  return b.select(b.equal(b.step(), b.number(5)), b.mul(id, b.number(2)), id)
}

test('a fault is not taken for rounding because earlier steps were', async () => {
  expect((await measured(small, 5, coarse)).verdict).toMatchObject({ type: 'rounding', at: { fault: 'rounding' } })
  expect((await measured(small, 6, coarse)).verdict).toMatchObject({
    type: 'differs',
    at: { op: 'softplus', step: 5, fault: 'wrong' },
  })
})

test('a step that is wrong only as a whole differs, and no value is blamed', async () => {
  const whole: Spoil = (b, id, { op, shape }, { writes }) =>
    op === 'sqrt' && shape.length > 0 && Object.keys(writes).length > 0 ? b.mul(id, b.number(1.05)) : id
  expect((await measured(small, 2, whole)).verdict).toEqual({ type: 'differs' })
})
