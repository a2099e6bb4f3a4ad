import type { Scope } from '../lowering.ts'
import { gemm } from '../lowerings/matmul.ts'
import type { Matrix } from './minimal.ts'

/** Grids of matrices, and sums of them by small matrices of numbers: what a minimal algorithm does around its products. */

/** Names of matrices. */
export type Grid = readonly (readonly string[])[]

interface Term {
  readonly by: number
  readonly name: string
}

/** The sum of terms that are each added or subtracted. */
const signedSum = (scope: Scope, terms: readonly Term[]): string => {
  // One that is added comes first.
  const [first, ...rest] = [...terms].sort((a, b) => Math.sign(b.by) - Math.sign(a.by))
  if (first === undefined || first.by < 0) throw new Error('a sum without a term that is added')
  return rest.reduce((sum, { by, name }) => scope.node(by > 0 ? 'Add' : 'Sub', [sum, name]), first.name)
}

export const sumOf = (scope: Scope, coefficients: readonly number[], names: readonly string[]): string => {
  const terms = coefficients.map((by, place) => ({ by, name: names[place] ?? '' }))
  const half = terms.filter(({ by }) => Math.abs(by) === 1 / 2)
  const whole = terms.filter(({ by }) => Math.abs(by) === 1)
  if (half.length === 0) return signedSum(scope, whole)
  const halved = scope.node('Mul', [signedSum(scope, half), scope.floats([], [1 / 2])])
  return signedSum(scope, [{ by: 1, name: halved }, ...whole])
}

export const column = (grid: Grid, place: number): readonly string[] => grid.map((row) => row[place] ?? '')

/** `down grid across'`: the rows' sums first, then the columns'. */
export const transform = (scope: Scope, down: Matrix, across: Matrix, grid: Grid): Grid => {
  const width = grid[0]?.length ?? 0
  const summed = down.map((by) => Array.from({ length: width }, (_, place) => sumOf(scope, by, column(grid, place))))
  return summed.map((row) => across.map((by) => sumOf(scope, by, row)))
}

export const gridOf = (
  [height, width]: readonly [number, number],
  make: (down: number, across: number) => string,
): Grid => Array.from({ length: height }, (_, down) => Array.from({ length: width }, (_, across) => make(down, across)))

export const zip = (left: Grid, right: Grid, make: (left: string, right: string, place: number) => string): Grid => {
  const width = left[0]?.length ?? 0
  return left.map((row, y) => row.map((name, x) => make(name, right[y]?.[x] ?? '', y * width + x)))
}

/** Sums of products down the grid. A product that one sum alone needs is added to the rest of that sum as it is made. */
export const sumsDown = (
  scope: Scope,
  by: Matrix,
  values: readonly string[],
  weights: readonly string[],
): readonly string[] => {
  const uses = values.map((_, place) => by.filter((row) => row[place] !== 0).length)
  const product = (place: number, plus?: string): string =>
    gemm(scope, values[place] ?? '', weights[place] ?? '', { plus })
  const shared = values.map((_, place) => (uses[place] === 1 ? '' : product(place)))
  return by.map((row) => {
    const rest = row.map((sign, place) => (uses[place] === 1 ? 0 : sign))
    const alone = row.findIndex((sign, place) => sign !== 0 && uses[place] === 1)
    return product(alone, sumOf(scope, rest, shared))
  })
}
