import { maxOf } from '../../ir/numbers.ts'
import { at } from '../../ir/present.ts'

/** Columns of equal width, the last one free. */
export const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, i) => maxOf(rows.map((row) => width(row[i] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(Math.max(0, at(widths, i) - width(cell))))
      .join('  ')
      .trimEnd(),
  )
}

/** Characters, of which some are two in a string; accents take no room of their own. */
const width = (text: string): number => [...text.normalize('NFC').replace(/\p{M}/gu, '')].length

/** Lines under a title, none where there are none. */
export const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`
