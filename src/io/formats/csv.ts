import Papa from 'papaparse'

/** A line of names, then one line per row. Numbers have all digits needed to read them back exactly. */
export const encodeCsv = (columns: readonly string[], rows: readonly (readonly (number | string)[])[]): string =>
  `${Papa.unparse([[...columns], ...rows.map((row) => [...row])], { newline: '\n' })}\n`
