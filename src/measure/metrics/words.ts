import type { Estimate } from '../estimate.ts'

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

export const count = (number: number): string => number.toLocaleString('en')

/** Without the sign of a zero. */
export const fixed = (value: number): string => value.toFixed(3).replace(/^-(0\.0*)$/, '$1')

/** `-1.250 ± 0.002` */
export const estimated = ({ value, standardError }: Estimate): string => `${fixed(value)} ± ${fixed(standardError)}`
