import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Store } from '../../src/backends/core/backend.ts'
import { createFinitenessGuard } from '../../src/run/finitenessGuard.ts'
import { leftOf, rightOf } from '../data/files.ts'
import { counting, courseOf, executablesOf } from './counting.ts'

/** Plays steps on the store whatever becomes of its state. */
const blindly = async (course: Awaited<ReturnType<typeof courseOf>>, first: number, count: number) => {
  const executable = await rightOf(executablesOf(course).of(course.programs(first)))
  await rightOf(executable.run({ first, count, draws: {} }))
}

test('a state that is not finite is traced to the very step that made it so', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      async (before, until, after) => {
        const bad = before + until
        const course = await courseOf(counting(bad, 'state'))
        let time = 0
        const guard = createFinitenessGuard(course, 0, () => time)
        // What was seen to be finite is where the search begins.
        await blindly(course, 0, before)
        if (before > 0) await rightOf(guard.read(before))
        await blindly(course, before, until + after)
        const error = await leftOf(guard.read(bad + after))
        expect(error).toMatchObject({ type: 'NotFinite', step: bad, place: { type: 'step', step: bad } })
        time = 1
        expect(await leftOf(guard.lookNowAndThen(bad + after))).toEqual(error)
        guard.dispose()
      },
    ),
    { numRuns: 25 },
  )
})

test('a state that was given is named as such', async () => {
  const course = await courseOf(counting(9, 'state'), Number.NaN)
  const guard = createFinitenessGuard(course, 4)
  expect(await leftOf(guard.read(4))).toMatchObject({ step: 4, expression: 'the state tensor x' })
})

test('the step before which the state is finite, but whose cost is not, is looked into', async () => {
  const course = await courseOf(counting(3, 'cost'))
  const guard = createFinitenessGuard(course, 0)
  await blindly(course, 0, 3)
  expect(await leftOf(guard.explain(3))).toMatchObject({ step: 3, value: Number.POSITIVE_INFINITY })
  // One that is finite in float64 is told as a rounding of the backend.
  expect(await leftOf(guard.explain(2))).toMatchObject({ expression: 'a cost that is finite in float64' })
})

test('looking takes a hundredth of the time at most', async () => {
  const course = await courseOf(counting(1000, 'cost'))
  let time = 0
  let looks = 0
  const look: Store['look'] = (see) => {
    looks++
    time += 10
    return pipe(course.store.read(), TE.map(see))
  }
  const guard = createFinitenessGuard({ ...course, store: { ...course.store, look } }, 0, () => time)
  for (let i = 0; i < 10_000; i++) {
    time += 1
    await rightOf(guard.lookNowAndThen(0))
  }
  expect(looks).toBeGreaterThan(5)
  expect(looks * 10).toBeLessThan(0.0101 * time + 10)
})
