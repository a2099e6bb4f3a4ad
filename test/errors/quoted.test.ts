import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable, quoted } from '../../src/errors/quoted.ts'

test('what is quoted is short and has nothing that a terminal would obey', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json().map((text): unknown => JSON.parse(text)),
        fc.string({ unit: 'binary' }),
      ),
      (value) => {
        for (const text of [quoted(value), printable(JSON.stringify(value))]) {
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
          expect(text.length).toBeLessThan(100_000)
        }
      },
    ),
  )
})

test('plain text and small values stand as JSON has them', () => {
  for (const value of ['label', 'a "b" \\ ü', 3, null, true, [1, [2, 'x']], { a: { b: [] } }])
    expect(quoted(value)).toBe(JSON.stringify(value))
})

test('control characters, marks of direction and halves of letters are escaped', () => {
  expect(quoted('\u001b[31m\u009b\u202e\ud800\u007f\n')).toBe('"\\u001b[31m\\u009b\\u202e\\ud800\\u007f\\n"')
  expect(printable('a\u001b\n\u2028b')).toBe('a\\u001b\\u000a\\u2028b')
})

test('what is long, wide or deep is cut', () => {
  expect(quoted('x'.repeat(30_000_000))).toBe(`"${'x'.repeat(60)}..."`)
  expect(quoted(Array.from({ length: 1_000_000 }, (_, i) => i))).toBe('[0,1,2,3,4,5,6,7,...]')
  expect(quoted(JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`))).toBe('[[[[...]]]]')
  expect(quoted({ ['k'.repeat(100)]: 1 })).toBe(`{"${'k'.repeat(60)}...":1}`)
  expect(printable('x'.repeat(1000), 10)).toBe('xxxxxxxxxx...')
})
