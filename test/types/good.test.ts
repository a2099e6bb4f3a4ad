import { expect, test } from 'vitest'
import { ensemble } from './helpers.ts'
import { tsc } from './tsc.ts'

test('helpers, blocks and lists of networks compile, with the shapes that they say', () =>
  expect(tsc('-p', 'test/types/tsconfig.helpers.json')).toBe(''))

test('a game lists its networks by their names', () => {
  expect(Object.keys(ensemble.networks)).toEqual(['G', 'C0', 'C1', 'D0', 'D1'])
  expect(ensemble.players).toMatchObject({ critics: { over: ['D0', 'D1', 'C0', 'C1'] }, generator: { over: ['G'] } })
})
