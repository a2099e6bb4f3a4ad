import Papa from 'papaparse'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type DataError, dataError } from '../errors/dataError.ts'
import { quoted } from '../errors/quoted.ts'
import { at } from '../ir/present.ts'
import type { Content, Expect } from './content.ts'
import type { FileArray } from './fileArray.ts'

export interface CsvOptions {
  /** The columns to read, by name or by index from 0, in this order. All if absent. */
  readonly columns?: readonly (string | number)[]
  /** Whether the first line names the columns. By default it does if a column is chosen by name. */
  readonly header?: boolean
}

interface Row {
  /** The line where the row starts, from 1. Quoted cells may contain newlines. */
  readonly line: number
  readonly cells: readonly string[]
}
type Failure = (message: string, hint: string) => E.Either<DataError, never>

/** Numbers are held as text and as doubles for a while: at worst 40 bytes of memory per byte of file. */
const maxBytes = 2 ** 26

const decimal = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0]?.trim() === ''

const linesIn = (cells: readonly string[]): number =>
  cells.reduce((lines, cell) => lines + (cell.match(/\n/g)?.length ?? 0), 1)

const decodeText = ({ path, bytes }: Content): E.Either<DataError, string> =>
  E.tryCatch(
    () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    () => dataError(path, 'expected text in UTF-8, found other bytes', 'Save it as CSV in UTF-8.'),
  )

/** Calls `use` with each row that is not blank, until it refuses one. Rows come one at a time, as all may not fit into memory. */
const forEachRow = (
  text: string,
  fail: Failure,
  use: (row: Row) => E.Either<DataError, void>,
): E.Either<DataError, void> => {
  let line = 1
  let result: E.Either<DataError, void> = E.right(undefined)
  // One kind of newline: a file that two programs wrote may have several.
  Papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), {
    delimiter: ',',
    newline: '\n',
    step: ({ data: cells, errors }, parser) => {
      const wrong = errors.find((error) => error.type === 'Quotes')
      if (wrong !== undefined) result = fail(`line ${line}: ${wrong.message}`, 'Close the quotes, or take them out.')
      else if (!isBlank(cells)) result = use({ line, cells })
      if (E.isLeft(result)) parser.abort()
      line += linesIn(cells)
    },
  })
  return result
}

/** Finds columns by the first row. */
const locate = (first: readonly string[], header: boolean, fail: Failure) => {
  const names = first.map((cell) => cell.trim())
  const known = header ? names.slice(0, 20).map(quoted).join(', ') : 'columns without names'
  return (column: string | number): E.Either<DataError, number> => {
    const place = typeof column === 'number' ? column : header ? names.indexOf(column) : -1
    if (!Number.isInteger(place) || place < 0 || place >= names.length) {
      const message = `expected a column ${quoted(column)}, found ${names.length}: ${known}`
      return fail(message, separatorHint(first) ?? 'Choose one of those, by name or by index from 0.')
    }
    if (typeof column === 'string' && names.lastIndexOf(column) !== place)
      return fail(`expected one column ${quoted(column)}, found more`, 'Choose it by its index, from 0.')
    return E.right(place)
  }
}

/** What the first row says about all rows: the number of cells, and where the chosen ones are. */
interface Table {
  readonly width: number
  readonly places: readonly number[]
}

const readTable = (
  first: Row,
  columns: CsvOptions['columns'],
  header: boolean,
  fail: Failure,
): E.Either<DataError, Table> =>
  pipe(
    columns === undefined
      ? E.right([...first.cells.keys()])
      : E.traverseArray(locate(first.cells, header, fail))(columns),
    E.map((places) => ({ width: first.cells.length, places })),
  )

/** The hint if another character than a comma separates the columns. Commas may then be decimal commas. */
const separatorHint = (cells: readonly string[]): string | undefined => {
  const text = cells.join(',')
  const [name, sign] = text.includes(';') ? ['semicolons', ';'] : ['tabs', '\t']
  return text.includes(sign)
    ? `Save the file with commas between columns and points in numbers: now ${name} separate its columns.`
    : undefined
}

const hintOf = (cell: string, cells: readonly string[], line: number): string => {
  const separator = separatorHint(cells)
  if (separator !== undefined) return separator
  if (cell.trim() === '') return 'Fill in a number there, or take out the line.'
  if (line === 1) return 'If the first line names the columns, set header to true.'
  return /^\s*[+-]?[\d.]/.test(cell)
    ? 'Correct it: a number is written 1234.5 or 1.2345e3.'
    : 'Write a number there, take out the line, or choose the columns of numbers with columns.'
}

const readRow = (
  { line, cells }: Row,
  { width, places }: Table,
  fail: Failure,
): E.Either<DataError, readonly number[]> => {
  if (cells.length !== width)
    return fail(
      `line ${line}: expected ${width} columns as before, found ${cells.length}`,
      separatorHint(cells) ?? (cells.length < width ? 'Fill in what is missing there.' : 'Correct it.'),
    )
  const wrong = places.find((place) => !decimal.test(at(cells, place)))
  if (wrong === undefined) return E.right(places.map((place) => Number(cells[place])))
  const cell = at(cells, wrong)
  return fail(
    `line ${line}, column ${wrong} (from 0): expected a number, found ${quoted(cell)}`,
    hintOf(cell, cells, line),
  )
}

const readNumbers =
  (columns: CsvOptions['columns'], header: boolean, fail: Failure) =>
  (text: string): E.Either<DataError, FileArray> => {
    const values: number[] = []
    let table: Table | undefined
    const use = (row: Row): E.Either<DataError, void> => {
      if (table === undefined) {
        const found = readTable(row, columns, header, fail)
        if (E.isLeft(found)) return found
        table = found.right
        if (header) return E.right(undefined)
      }
      const numbers = readRow(row, table, fail)
      if (E.isLeft(numbers)) return numbers
      for (const number of numbers.right) values.push(number)
      return E.right(undefined)
    }
    return pipe(
      forEachRow(text, fail, use),
      E.flatMap((): E.Either<DataError, FileArray> => {
        if (table === undefined || values.length === 0)
          return fail('expected lines of numbers, found none', 'Write or download the file again.')
        const width = table.places.length
        return E.right({
          shape: [values.length / width, width],
          type: 'f64',
          values: Float64Array.from(values),
        })
      }),
    )
  }

const tooLong = (path: string, found: number | 'more'): DataError =>
  dataError(path, `expected at most ${maxBytes} bytes of CSV, found ${found}`, 'Save the data as .npy.')

/** CSV does not state its length. */
export const expectCsv: Expect = ({ path }) => E.right({ bytes: maxBytes, tooLong: (found) => tooLong(path, found) })

/** Reads numbers with decimal points, separated by commas, one sample per line. Skips blank lines. */
export const decodeCsv =
  ({ columns, header = columns?.some((column) => typeof column === 'string') ?? false }: CsvOptions) =>
  (content: Content): E.Either<DataError, FileArray> => {
    const fail: Failure = (message, hint) => E.left(dataError(content.path, message, hint))
    return content.bytes.byteLength > maxBytes
      ? E.left(tooLong(content.path, content.bytes.byteLength))
      : pipe(decodeText(content), E.flatMap(readNumbers(columns, header, fail)))
  }
