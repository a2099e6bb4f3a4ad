import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../../src/backends/core/backend.ts'
import { timetable } from '../../src/compile/compile.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import type { Costs } from '../../src/run/costs.ts'
import { initialState } from '../../src/run/initialState.ts'
import { type Prepared, prepare } from '../../src/run/prepare.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { createSession } from '../../src/run/session.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, rightOf } from '../data/files.ts'
import { contents } from '../reliability/contents.ts'
import { lazyGame } from './lazy.ts'

const { steps } = lazyGame

/** Steps at which a run is cut, in order. */
const cuts = fc
  .uniqueArray(fc.integer({ min: 1, max: steps - 1 }), { maxLength: 6 })
  .map((all) => all.toSorted((a, b) => a - b))

const start = ({ compiled }: Prepared): HostTensors => initialState(compiled.state, lazyGame.seed, createRandom())

/** The costs of some steps in chunks that end at the cuts, and the state after them. */
const played = async (
  { compiled, backend, drawSource }: Prepared,
  state: HostTensors,
  ends: readonly number[],
  first = 0,
) => {
  const session = await rightOf(createSession(compiled, backend, drawSource, state, first))
  const costs: Costs[] = []
  for (const end of ends) costs.push(await rightOf(session.run(end - session.step())))
  const after = await rightOf(session.read())
  session.dispose()
  return { costs, state: after }
}

const joined = (costs: readonly Costs[], player: string): readonly number[] =>
  costs.flatMap((each) => [...(each[player] ?? [])])

describe.each(['onnx', 'tfjs-cpu'])('on %s what is paid now and then', (backend) => {
  test('is in programs of its own, and paid', async () => {
    const prepared = await rightOf(prepare(lazyGame, { backend, threads: 1 }))
    const programs = timetable(prepared.compiled)
    expect(new Set(Array.from({ length: 8 }, (_, step) => programs(step))).size).toBe(3)
    const { state } = await played(prepared, start(prepared), [steps])
    expect(state['generator/pathLength']?.values[0]).toBeGreaterThan(0)
  })

  test('is the same in chunks of any sizes, and after a pause at any step, to the last bit', async () => {
    const prepared = await rightOf(prepare(lazyGame, { backend, threads: 1 }))
    const whole = await played(prepared, start(prepared), [steps])
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 1, max: steps - 1 }), async (places, pause) => {
        const chunks = await played(prepared, start(prepared), [...places, steps])
        expect(chunks.state).toEqual(whole.state)
        for (const player of Object.keys(lazyGame.players))
          expect(joined(chunks.costs, player)).toEqual(joined(whole.costs, player))
        const before = await played(prepared, start(prepared), [pause])
        const after = await played(prepared, before.state, [steps], pause)
        expect(after.state).toEqual(whole.state)
      }),
      { numRuns: 3 },
    )
  })
})

test('a run that is interrupted and resumed, or resumed at a checkpoint, has the files of the one that was not', () =>
  inFolder(async (folder) => {
    const options = { saveEvery: 5, threads: 1 }
    const [whole, paused] = [join(folder, 'whole'), join(folder, 'paused')]
    await rightOf(trainRun(lazyGame, { ...options, out: whole }))
    const expected = await contents(whole)
    await rightOf(resumeRun(whole, undefined, { step: 20 }))
    expect(await contents(whole)).toEqual(expected)
    const controller = new AbortController()
    const half = await rightOf(
      trainRun(lazyGame, {
        ...options,
        out: paused,
        signal: controller.signal,
        onEvent: (event) => event.type === 'progress' && event.step >= 7 && controller.abort(),
      }),
    )
    expect(half.step).toBeLessThan(steps)
    await rightOf(resumeRun(paused, undefined))
    expect(await contents(paused)).toEqual(expected)
  }))

test('every program of a run is compiled before its first step, and none while it goes on', async () => {
  const prepared = await rightOf(prepare(lazyGame, { backend: 'reference' }))
  let compiled = 0
  const counting: Backend = {
    ...prepared.backend,
    store: (initial) =>
      pipe(
        prepared.backend.store(initial),
        TE.map((store) => ({
          ...store,
          compile: (program) => {
            compiled++
            return store.compile(program)
          },
        })),
      ),
  }
  const session = await rightOf(createSession(prepared.compiled, counting, prepared.drawSource, start(prepared), 0))
  expect(compiled).toBe(3)
  await rightOf(session.run(steps))
  expect(compiled).toBe(3)
  session.dispose()
})
