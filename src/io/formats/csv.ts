import Papa from 'papaparse'

/** A line of names, then a line per row; numbers with all the digits that tell them apart. */
export const encodeCsv = (columns: readonly string[], rows: readonly (readonly (number | string)[])[]): string =>
  `${Papa.unparse([[...columns], ...rows.map((row) => [...row])], { newline: '\n' })}\n`
