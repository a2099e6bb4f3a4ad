import { arithmeticOf } from '../ir/arithmetic.ts'
import { binaryOps, unaryOps } from '../ir/ops/elementwise.ts'

/** Elementwise functions on float64 numbers. */
export const onNumbers = arithmeticOf<number>({
  number: (value) => value,
  unary: (op) => unaryOps[op].value,
  binary: (op) => binaryOps[op].value,
  select: (condition, x, y) => (condition === 0 ? y : x),
  square: (x) => x * x,
})
