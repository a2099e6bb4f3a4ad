import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../../src/io/parseJson.ts'
import { left, right } from '../data/files.ts'

test('JSON is read as it is, whatever brackets and quotes its texts hold', () => {
  const texts = fc.string({ unit: fc.constantFrom('[', '{', ']', '"', '\\', 'a', '\n') })
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), texts, fc.array(fc.dictionary(texts, texts))), (value) => {
      expect(right(parseJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  expect(right(parseJson(JSON.stringify('['.repeat(100_000))))).toHaveLength(100_000)
  expect(right(parseJson(JSON.stringify([...'\\"['.repeat(20_000)].map((c) => [c]))))).toHaveLength(60_000)
})

test('what is nested more than 10,000 deep is refused before it is read', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
  expect(parseJson(nested(10_000))._tag).toBe('Right')
  expect(left(parseJson(nested(10_001))).message).toBe('lists and objects are nested more than 10000 deep')
  expect(left(parseJson('{"a":'.repeat(30_000_000))).message).toBe('lists and objects are nested more than 10000 deep')
})

test('the words that say what is wrong are printable', () => {
  expect(left(parseJson('{"\u001b[31m": \u009b}')).message).not.toMatch(/\p{Cc}/u)
})
