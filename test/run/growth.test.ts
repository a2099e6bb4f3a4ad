import { expect, test } from 'vitest'
import { chained, compileCost, deep, repeated, tenths } from './growth.ts'

test('compiling takes time in proportion to the nodes: a game of 200 hidden layers a network is ready in seconds', () => {
  compileCost(deep(50))
  const [small, large] = [compileCost(deep(50)), compileCost(deep(200))]
  expect(large.nodes / small.nodes).toBeLessThan(4.1)
  expect(large.seconds).toBeLessThan(10)
  // What both cost alone is in both; of it a shared machine makes more now and then.
  expect(large.seconds / small.seconds).toBeLessThan(10)
})

test('compiling takes time in proportion to the updates of a step, up to the 999 that a game may ask for', () => {
  compileCost(repeated(8))
  const [few, many] = [compileCost(repeated(64)), compileCost(repeated(999))]
  expect(many.nodes / few.nodes).toBeGreaterThan(14)
  // 4 s per 100,000 nodes on one quiet machine, 9 on a slower one; tests that run beside it add to that. A quadratic step costs 30.
  expect(many.seconds / many.nodes).toBeLessThan(20 / 100_000)
  expect(many.seconds / few.seconds).toBeLessThan(3 * (many.nodes / few.nodes))
})

test('compiling takes time in proportion to the networks of a chain: a hundred are ready in seconds', () => {
  compileCost(chained(25))
  const [short, long] = [compileCost(chained(25)), compileCost(chained(100))]
  expect(long.nodes / short.nodes).toBeLessThan(4.1)
  expect(long.seconds).toBeLessThan(4)
  expect(long.seconds / short.seconds).toBeLessThan(10)
})

test('a run neither slows nor grows', async () => {
  const parts = await tenths(4000)
  const [early, late] = [parts.slice(2, 4), parts.slice(-2)]
  const least = (some: typeof parts): number => Math.min(...some.map(({ time }) => time))
  expect(least(late)).toBeLessThan(3 * least(early))
  expect((late.at(-1)?.memory ?? Number.NaN) - (early[0]?.memory ?? Number.NaN)).toBeLessThan(50)
})
