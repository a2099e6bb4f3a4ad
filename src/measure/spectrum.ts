import { norm } from '../ir/numbers.ts'
import { francis } from './francis.ts'

/** A complex number. */
export interface Complex {
  readonly re: number
  readonly im: number
}

/** A square matrix by its rows, of finite numbers. */
export type Matrix = readonly ArrayLike<number>[]

/**
 * The eigenvalues of a real matrix, each as often as it is one; the larger real part first, then the larger imaginary one.
 * Their errors are those of rounding the matrix: some 1e-16 of its norm, and the root of that where two are one.
 *
 * @example eigenvalues([[0, -1], [1, 0]]) // i and -i
 */
export const eigenvalues = (matrix: Matrix): readonly Complex[] => {
  const scale = norm(matrix.flatMap((row) => Array.from(row)))
  if (scale === 0) return matrix.map(() => ({ re: 0, im: 0 }))
  // A power of two, by which nothing is rounded.
  const unit = 2 ** Math.ceil(Math.log2(scale))
  return francis(matrix.map((row) => Float64Array.from(row, (x) => x / unit)))
    .map(([re, im]) => ({ re: re * unit, im: im * unit }))
    .sort((a, b) => b.re - a.re || b.im - a.im)
}

/**
 * The largest absolute value of an eigenvalue: what powers of the matrix grow by in the end.
 *
 * @example spectralRadius([[0.5, 0], [0, 0.25]]) // 0.5
 */
export const spectralRadius = (matrix: Matrix): number =>
  eigenvalues(matrix).reduce((most, { re, im }) => Math.max(most, Math.hypot(re, im)), 0)
