import type { Case } from './case.ts'

const isTrigonometric = ({ program }: Case): boolean => program.nodes.some(({ op }) => op === 'sin' || op === 'cos')

/** A case as a backend on WebGPU may be held to it. */
export const inWgsl = (one: Case): Case =>
  isTrigonometric(one) ? { ...one, metrics: 'trigonometry', moves: 'trigonometry' } : one
