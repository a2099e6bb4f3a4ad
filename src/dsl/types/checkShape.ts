import type { Problem } from '../../errors/specError.ts'
import { type Shape, showShape } from '../../ir/program.ts'

export const isSize = (n: number): boolean => Number.isSafeInteger(n) && n > 0

export const checkShape = (shape: Shape): Problem | undefined =>
  shape.every(isSize)
    ? undefined
    : {
        expected: 'a shape of whole numbers above 0',
        found: showShape(shape),
        hint: 'The shape is that of one sample, without the batch; a single number has the shape [].',
      }
