import { expect, test } from 'vitest'
import { compileCost, tenths } from './growth.ts'

test('compiling takes time in proportion to the nodes: a game of 200 hidden layers a network is ready in seconds', () => {
  compileCost(50)
  const [small, large] = [compileCost(50), compileCost(200)]
  expect(large.nodes / small.nodes).toBeLessThan(4.1)
  expect(large.seconds).toBeLessThan(10)
  // What both cost alone is in both; of it a shared machine makes more now and then.
  expect(large.seconds / small.seconds).toBeLessThan(10)
})

test('a run neither slows nor grows', async () => {
  const parts = await tenths(4000)
  const [early, late] = [parts.slice(2, 4), parts.slice(-2)]
  const least = (some: typeof parts): number => Math.min(...some.map(({ time }) => time))
  expect(least(late)).toBeLessThan(3 * least(early))
  expect((late.at(-1)?.memory ?? Number.NaN) - (early[0]?.memory ?? Number.NaN)).toBeLessThan(50)
})
