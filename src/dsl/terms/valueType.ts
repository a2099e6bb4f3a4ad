import { type Shape, sameShape, showShape } from '../../ir/program.ts'
import type { Level } from './expression.ts'

/** How a term's value varies, and the shape of one value. */
export interface ValueType {
  readonly level: Level
  readonly shape: Shape
}

/** Whether a value of that shape is one number. */
export const isScalar = (shape: Shape): boolean => shape.length === 0 || (shape.length === 1 && shape[0] === 1)

/** Whether a value is spread to a shape: it has that shape, or is one number. */
export const fitsIn = (shape: Shape, into: Shape): boolean => isScalar(shape) || sameShape(shape, into)

const rank: { readonly [L in Level]: number } = { batch: 0, sample: 1, pair: 2 }

export const widest = (levels: readonly Level[]): Level =>
  levels.reduce<Level>((wide, level) => (rank[level] > rank[wide] ? level : wide), 'batch')

/** `[2] per sample`, for messages. */
export const describe = ({ level, shape }: ValueType): string => {
  const value = shape.length === 0 ? 'one number' : showShape(shape)
  return level === 'batch' ? `a constant, ${value}` : `${value} per ${level}`
}
