import { at } from '../../../ir/present.ts'
import { type Shape, sameShape, size } from '../../../ir/program.ts'
import type { Scope, Value } from '../lowering.ts'
import { reshape } from './movement.ts'

/**
 * Elementwise operators broadcast a vector over the last axis in a loop of the vector's length, which is twenty times slower for three
 * channels than for many. For few channels, merges the last two axes and repeats the vector beforehand.
 */
interface Wide {
  /** Reshapes an operand for this. */
  readonly of: (operand: Value) => string
  /** Restores the shape of the result. */
  readonly back: (result: string) => string
}

/** From this number of elements on, it pays off. */
const many = 2 ** 15

const isVector = (shape: Shape, width: number): boolean => size(shape) === width && shape.at(-1) === width

/** None where the operands are others than whole tensors, vectors over few channels and single numbers. */
export const widened = (scope: Scope, operands: readonly Value[], shape: Shape): Wide | undefined => {
  if (shape.length < 2) return undefined
  const [rows, width] = [at(shape, shape.length - 2), at(shape, shape.length - 1)]
  const fits = ({ shape: own }: Value): boolean =>
    sameShape(own, shape) || isVector(own, width) || (size(own) === 1 && own.length <= shape.length)
  const hasVector = operands.some(({ shape: own }) => isVector(own, width))
  if (!hasVector || width === 1 || width >= 16 || rows < 16 || size(shape) < many || !operands.every(fits))
    return undefined
  const repeated = (vector: string): string =>
    reshape(scope, scope.node('Expand', [vector, scope.integers([rows, width])]), [rows * width])
  return {
    of: ({ name, shape: own }) => {
      if (sameShape(own, shape)) return reshape(scope, name, [size(shape) / (rows * width), rows * width])
      return isVector(own, width) ? repeated(reshape(scope, name, [width])) : reshape(scope, name, [])
    },
    back: (result) => reshape(scope, result, shape),
  }
}
