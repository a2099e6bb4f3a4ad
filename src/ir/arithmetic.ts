import { type BinaryOp, binaryNames, type UnaryOp, unaryNames } from './ops/elementwise.ts'
import { recordOf } from './recordOf.ts'

/** Elementwise functions over any representation of a number `N`: a node of a program, a float, bounds, a sum of powers. */
export type Arithmetic<N> = {
  readonly number: (value: number) => N
  /** `x` where `condition` is not 0, else `y`. */
  readonly select: (condition: N, x: N, y: N) => N
} & { readonly [O in UnaryOp | 'square' | 'stopGradient']: (x: N) => N } & {
  readonly [O in BinaryOp]: (x: N, y: N) => N
}

/** Makes an arithmetic from one rule for all unary ops and one for all binary ops. */
export const arithmeticOf = <N>(rules: {
  readonly number: (value: number) => N
  readonly unary: (op: UnaryOp) => (x: N) => N
  readonly binary: (op: BinaryOp) => (x: N, y: N) => N
  readonly select: (condition: N, x: N, y: N) => N
  readonly square: (x: N) => N
}): Arithmetic<N> => ({
  ...recordOf(unaryNames, rules.unary),
  ...recordOf(binaryNames, rules.binary),
  number: rules.number,
  select: rules.select,
  square: rules.square,
  stopGradient: (x) => x,
})
