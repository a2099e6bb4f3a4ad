import { maxOf } from '../../ir/numbers.ts'
import { at } from '../../ir/present.ts'

/** Aligns cells in columns. The last column is not padded. */
export const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, i) => maxOf(rows.map((row) => width(row[i] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(Math.max(0, at(widths, i) - width(cell))))
      .join('  ')
      .trimEnd(),
  )
}

/** The width in characters. Surrogate pairs count once, combining accents not at all. */
const width = (text: string): number => [...text.normalize('NFC').replace(/\p{M}/gu, '')].length

/** Lines under a title; an empty string if there are no lines. */
export const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`
