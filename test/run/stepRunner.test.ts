import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStepRunner } from '../../src/run/stepRunner.ts'
import { rightOf } from '../data/files.ts'
import { counting, countOf, courseOf, executablesOf } from './counting.ts'

const runnerOf = async (bad: number) => {
  const course = await courseOf(counting(bad, 'cost'))
  return { course, runner: createStepRunner(course, executablesOf(course), 0) }
}

test('however many steps are asked for at once, the runner stops before the first cost that is not finite', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 20 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
      async (bad, chunks) => {
        const { course, runner } = await runnerOf(bad)
        for (const chunk of chunks) {
          const first = runner.step()
          const end = Math.min(first + chunk, bad)
          const played = await rightOf(runner.playTo(first + chunk))
          expect(runner.step()).toBe(end)
          expect(await countOf(course.store)).toBe(end)
          if (end === first) expect(played).toEqual({ type: 'blocked' })
          else {
            const costs = Array.from({ length: end - first }, (_, i) => 1 / (bad - first - i))
            expect(played).toEqual({ type: 'played', costs: { player: Float64Array.from(costs) } })
          }
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('no steps are played where none are asked for', async () => {
  const { runner } = await runnerOf(5)
  expect(await rightOf(runner.playTo(0))).toEqual({ type: 'played', costs: {} })
  expect(runner.step()).toBe(0)
})

test('what a backend cannot do ends the call, but not what was played before', async () => {
  const course = await courseOf(counting(100, 'cost'))
  const other = counting(100, 'cost')
  const runner = createStepRunner(
    { ...course, programs: (step) => (step < 3 ? course.programs(step) : other) },
    {
      of: (program) => async () =>
        program === other
          ? { _tag: 'Left', left: { type: 'BackendError', backend: 'reference', message: 'lost', hint: '' } }
          : executablesOf(course).of(program)(),
      dispose: () => {},
    },
    0,
  )
  expect(await rightOf(runner.playTo(8))).toMatchObject({ type: 'played' })
  expect(runner.step()).toBe(3)
  expect(await runner.playTo(8)()).toMatchObject({ left: { type: 'BackendError', message: 'lost' } })
})
