import type { Origin } from '../../src/ir/origin.ts'

/** The origin that shows a text. */
export const originNamed = (text: string): Origin => ({ of: { type: 'expression', text }, derivative: 0 })
