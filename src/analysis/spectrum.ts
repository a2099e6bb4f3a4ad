import type { Task } from '#fp-ts/Task'

/** A complex number. */
export interface Complex {
  readonly re: number
  readonly im: number
}

/** A square matrix by its rows, of finite numbers. */
export type Matrix = readonly ArrayLike<number>[]

/**
 * The eigenvalues of a real matrix, each as often as it is one; the larger real part first, then the larger imaginary one. A
 * task, for the library that finds them is loaded then: who asks for none does not pay for it.
 */
export const eigenvalues =
  (matrix: Matrix): Task<readonly Complex[]> =>
  async () => {
    if (matrix.length === 0) return []
    const { EigenvalueDecomposition } = await import('ml-matrix')
    const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrix.map((row) => Array.from(row)))
    return realEigenvalues
      .map((re, i) => ({ re, im: imaginaryEigenvalues[i] ?? 0 }))
      .sort((a, b) => b.re - a.re || b.im - a.im)
  }

/** The largest absolute value of an eigenvalue: what powers of the matrix grow by in the end. */
export const spectralRadius =
  (matrix: Matrix): Task<number> =>
  async () =>
    Math.max(0, ...(await eigenvalues(matrix)()).map(({ re, im }) => Math.hypot(re, im)))
