import { float64At } from '../../ir/elements.ts'
import { at } from '../../ir/present.ts'

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += float64At(a, i) * float64At(b, i)
  return sum
}

const subtractProjections = (vector: Float64Array, basis: readonly Float64Array[]): void => {
  for (const unit of basis) {
    const along = dot(vector, unit)
    for (let i = 0; i < vector.length; i++) vector[i] = float64At(vector, i) - along * float64At(unit, i)
  }
}

/** The component of the vector that is orthogonal to the basis, normalised. */
const unitAcross = (vector: Float64Array, basis: readonly Float64Array[]): Float64Array => {
  const before = Math.sqrt(dot(vector, vector))
  subtractProjections(vector, basis)
  const after = Math.sqrt(dot(vector, vector))
  // After much cancellation the result is inexact. Repeating once is enough (Daniel, Gragg, Kaufman and Stewart 1976).
  if (after < before * Math.SQRT1_2) subtractProjections(vector, basis)
  const length = Math.sqrt(dot(vector, vector))
  return vector.map((x) => x / length)
}

/**
 * A matrix `[rows, columns]`, row-major, whose shorter side is orthonormal times the gain, uniformly distributed: Gram–Schmidt on
 * normal numbers, with a positive diagonal of R (Mezzadri 2007).
 */
export const orthogonalMatrix = (
  rows: number,
  columns: number,
  normal: (count: number) => Float32Array,
  gain: number,
): Float32Array => {
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)]
  const drawn = normal(long * short)
  const basis: Float64Array[] = []
  for (let i = 0; i < short; i++)
    basis.push(unitAcross(Float64Array.from(drawn.subarray(i * long, (i + 1) * long)), basis))
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns]
    const [unit, along] = rows >= columns ? [column, row] : [row, column]
    return gain * float64At(at(basis, unit), along)
  })
}
