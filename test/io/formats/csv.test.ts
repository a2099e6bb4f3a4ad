import { expect, test } from 'vitest'
import { encodeCsv } from '../../../src/io/formats/csv.ts'

// That it is read back is tested with the reader, in test/data/csv.test.ts.
test('cells are quoted where they must be, and numbers keep their digits', () => {
  expect(
    encodeCsv(
      ['a', 'b,c'],
      [
        [0.1 + 0.2, 'say "x"'],
        [1e-300, 'two\nlines'],
      ],
    ),
  ).toBe('a,"b,c"\n0.30000000000000004,"say ""x"""\n1e-300,"two\nlines"\n')
  expect(encodeCsv(['a'], [])).toBe('a\n')
})
