import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvOptions, decodeCsv } from '../../src/data/csv.ts'
import { encodeCsv } from '../../src/io/formats/csv.ts'
import { left, right } from './files.ts'

const decode = (text: string, options: CsvOptions = {}) =>
  decodeCsv(options)({ path: 'a.csv', bytes: new TextEncoder().encode(text) })

const finite = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const names = fc.uniqueArray(
  fc.string({ minLength: 1 }).filter((name) => name.trim() === name),
  { minLength: 1, maxLength: 4 },
)
const tables = names.chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(fc.array(finite, { minLength: columns.length, maxLength: columns.length }), { minLength: 1 }),
  }),
)

test('what is written is read back, whole or by name in any order', () => {
  fc.assert(
    fc.property(tables, ({ columns, rows }) => {
      const text = encodeCsv(columns, rows)
      expect(right(decode(text, { header: true }))).toEqual({
        shape: [rows.length, columns.length],
        type: 'f64',
        values: Float64Array.from(rows.flat()),
      })
      const backwards = columns.toReversed()
      expect(right(decode(text, { columns: backwards })).values).toEqual(
        Float64Array.from(rows.flatMap((row) => row.toReversed())),
      )
    }),
  )
})

test('line ends, blank lines, quotes, a byte order mark and spaces change nothing', () => {
  const expected = right(decode('1,2\n3,-4.5e1'))
  for (const text of ['1,2\r\n3,-45\r\n', '\n1,2\n\n3,-45.\n\n', '"1",2\n 3 ,"-45"', '\ufeff1,2\n+3,-45', '1,2\r3,-45'])
    expect(right(decode(text))).toEqual(expected)
})

test.each<readonly [string, CsvOptions, string]>([
  ['1,2\n3,x', {}, 'line 2, column 1 (from 0): expected a number, found "x"'],
  ['1,2\n3,', {}, 'line 2, column 1 (from 0): expected a number, found ""'],
  ['1,0x10', {}, 'line 1, column 1 (from 0): expected a number, found "0x10"'],
  ['a,b\n1,NaN', { header: true }, 'line 2, column 1 (from 0): expected a number, found "NaN"'],
  ['"a\n\nb",c\n1,2\n\n1,?', { header: true }, 'line 6, column 1 (from 0): expected a number, found "?"'],
  ['1,2\n3', {}, 'line 2: expected 2 columns as before, found 1'],
  ['1,2\n3,4,5', {}, 'line 2: expected 2 columns as before, found 3'],
  ['a,b\n1,2', { columns: ['c'] }, 'expected a column "c", found 2: "a", "b"'],
  ['1,2', { columns: ['c'], header: false }, 'expected a column "c", found 2: columns without names'],
  ['1,2', { columns: [2] }, 'expected a column 2, found 2: columns without names'],
  ['1,2', { columns: [-1] }, 'expected a column -1, found 2: columns without names'],
  ['a,a\n1,2', { columns: ['a'] }, 'expected one column "a", found more'],
  ['a,b\n', { header: true }, 'expected lines of numbers, found none'],
  ['\n\n', {}, 'expected lines of numbers, found none'],
  ['1,2\n"3,4', {}, 'line 2: Quoted field unterminated'],
])('%j with %j is refused in words', (text, options, message) => {
  expect(left(decode(text, options))).toMatchObject({
    type: 'DataError',
    place: { type: 'file', path: 'a.csv' },
    message,
  })
})

test('a header that was not announced is pointed out', () => {
  expect(left(decode('a,b\n1,2')).hint).toBe('If the first line names the columns, set header to true.')
  expect(left(decode('a,b\n1,1x', { header: true })).hint).toBe('Correct it: a number is written 1234.5 or 1.2345e3.')
})

test('line ends of several kinds in one file are read', () => {
  const ends = fc.constantFrom('\n', '\r\n', '\r')
  const rows = fc.array(fc.record({ cells: fc.tuple(finite, finite), end: ends }), { minLength: 1 })
  fc.assert(
    fc.property(rows, (all) => {
      const text = all.map(({ cells: [a, b], end }) => `${a},"${b}"${end}`).join('')
      expect([...right(decode(text)).values]).toEqual(all.flatMap(({ cells }) => cells))
    }),
  )
  expect(left(decode('1,2\r\n3,4\r5,6\n7,x')).message).toContain('line 4,')
})

test.each<readonly [string, CsvOptions, string, string]>([
  ['1,2\n3;4', {}, 'line 2', 'semicolons separate'],
  ['1;2\n3;4', {}, 'line 1', 'semicolons separate'],
  ['1,5;2,5\n3,5;4,5', {}, 'line 1', 'commas between columns and points in numbers'],
  ['1\t2\n3\t4', {}, 'line 1', 'tabs separate'],
  ['a;b\n1;2', { columns: ['a'] }, 'expected a column "a"', 'semicolons separate'],
  ['1,2\n3,\n5,6', {}, 'line 2, column 1', 'Fill in a number there, or take out the line.'],
  ['1,2\n3\n', {}, 'line 2', 'Fill in what is missing there.'],
  ['1,2\n3,4\n5,NA', {}, 'line 3, column 1', 'choose the columns of numbers with columns'],
  ['1,2\n3,red', {}, 'line 2, column 1', 'Write a number there'],
])('what %j lacks is named with its line: %s', (text, options, message, hint) => {
  const error = left(decode(text, options))
  expect(error.message).toContain(message)
  expect(error.hint).toContain(hint)
})

test('bytes that are not text, or too many, are refused', () => {
  const refused = (bytes: Uint8Array) => left(decodeCsv({})({ path: '', bytes })).message
  expect(refused(Uint8Array.of(0x31, 0xff))).toBe('expected text in UTF-8, found other bytes')
  expect(refused(new Uint8Array(2 ** 26 + 1))).toBe('expected at most 67108864 bytes of CSV, found 67108865')
})

test('a long wrong cell is shown in part, and soon', () => {
  expect(left(decode(`${'1'.repeat(200_000)}x`)).message.length).toBeLessThan(120)
})
