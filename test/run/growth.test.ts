import { expect, test } from 'vitest'
import { chained, compileCost, deep, repeated, tenths } from './growth.ts'

test('compiling takes time in proportion to the nodes, up to 200 hidden layers a network', () => {
  compileCost(deep(50))
  const [small, large] = [compileCost(deep(50)), compileCost(deep(200))]
  expect(large.nodes / small.nodes).toBeLessThan(4.1)
  // Four times the nodes: a quadratic compiler takes 16 times as long.
  expect(large.seconds / small.seconds).toBeLessThan(10)
})

test('compiling takes time in proportion to the updates of a step, up to the 999 that a game may ask for', () => {
  compileCost(repeated(64))
  const [few, many] = [compileCost(repeated(64)), compileCost(repeated(999))]
  expect(many.nodes / few.nodes).toBeGreaterThan(14)
  // Both run on one machine, so its speed cancels. A compiler that compared all pairs of updates took 5 times as long for each node.
  expect(many.seconds / many.nodes).toBeLessThan(2.5 * (few.seconds / few.nodes))
})

test('compiling takes time in proportion to the networks of a chain, up to a hundred', () => {
  compileCost(chained(25))
  const [short, long] = [compileCost(chained(25)), compileCost(chained(100))]
  expect(long.nodes / short.nodes).toBeLessThan(4.1)
  expect(long.seconds / short.seconds).toBeLessThan(10)
})

test('a run neither slows nor grows', async () => {
  const parts = await tenths(4000)
  const [early, late] = [parts.slice(2, 4), parts.slice(-2)]
  const least = (some: typeof parts): number => Math.min(...some.map(({ time }) => time))
  expect(least(late)).toBeLessThan(3 * least(early))
  expect((late.at(-1)?.memory ?? Number.NaN) - (early[0]?.memory ?? Number.NaN)).toBeLessThan(50)
})
