import { maxOf, norm } from '../ir/numbers.ts'
import { at } from '../ir/present.ts'

/**
 * Eigenvalues of a real matrix, by reflections to a Hessenberg matrix and implicit double shifts: Francis 1961; Golub and Van Loan,
 * Matrix Computations, sections 7.4 and 7.5. It is our own, for that of ml-matrix 6.15, which follows JAMA, does not end for one in a
 * thousand matrices with tiny entries, nor for [[2, 0, -1], [0, 2, -1], [1, 1, 2]].
 */

type Rows = readonly Float64Array[]

const get = (h: Rows, i: number, j: number): number => at(at(h, i), j)
const set = (h: Rows, i: number, j: number, value: number): void => {
  at(h, i)[j] = value
}

/** The vector v and the factor beta of the reflection 1 - beta v v^T that leaves only the first number of a vector. */
const reflection = (
  vector: readonly number[],
): { readonly v: readonly number[]; readonly beta: number } | undefined => {
  const size = maxOf(vector.map(Math.abs))
  if (size === 0) return undefined
  const scaled = vector.map((x) => x / size)
  const [first, ...others] = scaled
  if (first === undefined) return undefined
  const v = [first + (first < 0 ? -1 : 1) * norm(scaled), ...others]
  return { v, beta: 2 / v.reduce((sum, x) => sum + x * x, 0) }
}

/** Reflects what stands in rows and columns from `at` on; other rows and columns only from `from` to `to`. */
const reflect = (h: Rows, vector: readonly number[], at: number, from: number, to: number, last: number): void => {
  const found = reflection(vector)
  if (found === undefined) return
  const { v, beta } = found
  for (let j = from; j <= to; j++) {
    const along = beta * v.reduce((sum, x, i) => sum + x * get(h, at + i, j), 0)
    for (const [i, x] of v.entries()) set(h, at + i, j, get(h, at + i, j) - along * x)
  }
  for (let i = 0; i <= last; i++) {
    const along = beta * v.reduce((sum, x, j) => sum + x * get(h, i, at + j), 0)
    for (const [j, x] of v.entries()) set(h, i, at + j, get(h, i, at + j) - along * x)
  }
}

const toHessenberg = (h: Rows): void => {
  const end = h.length - 1
  for (let k = 0; k < end - 1; k++) {
    const below = Array.from({ length: end - k }, (_, i) => get(h, k + 1 + i, k))
    reflect(h, below, k + 1, k, end, end)
    for (let i = k + 2; i <= end; i++) set(h, i, k, 0)
  }
}

/** One double shift of the block from `low` to `high`, whose shifts have this sum and product. */
const shift = (h: Rows, low: number, high: number, sum: number, product: number): void => {
  const [a, b, c, d] = [get(h, low, low), get(h, low, low + 1), get(h, low + 1, low), get(h, low + 1, low + 1)]
  let bulge = [a * (a - sum) + b * c + product, c * (a + d - sum), c * get(h, low + 2, low + 1)]
  for (let k = low; k < high; k++) {
    reflect(h, bulge, k, Math.max(low, k - 1), high, Math.min(k + 3, high))
    if (k > low) for (let i = k + 1; i < k + bulge.length; i++) set(h, i, k - 1, 0)
    bulge = Array.from({ length: Math.min(3, high - k) }, (_, i) => get(h, k + 1 + i, k))
    if (bulge.length < 2) break
  }
}

type Pair = readonly [re: number, im: number]

const ofTwo = (a: number, b: number, c: number, d: number): readonly [Pair, Pair] => {
  const half = (a - d) / 2
  const under = half * half + b * c
  if (under < 0) {
    const im = Math.sqrt(-under)
    return [
      [d + half, im],
      [d + half, -im],
    ]
  }
  const far = half + (half < 0 ? -1 : 1) * Math.sqrt(under)
  return [
    [d + far, 0],
    [far === 0 ? d : d - (b * c) / far, 0],
  ]
}

/** A block that has not come apart after so many shifts never will: two or three are what it takes. */
const most = 300

/** Real and imaginary parts of all eigenvalues of a square matrix, whose norm is not far from 1; its rows are used up. */
export const francis = (h: Rows): readonly Pair[] => {
  toHessenberg(h)
  const whole = norm(h.flatMap((row) => [...row]))
  const found: Pair[] = []
  const isNegligible = (l: number, shifts: number): boolean => {
    const beside = Math.abs(get(h, l - 1, l - 1)) + Math.abs(get(h, l, l))
    // Against the norm what is dropped is no more than rounding has done; near 0 an eigenvalue may hold out for more.
    return Math.abs(get(h, l, l - 1)) <= Number.EPSILON * (shifts < 10 && beside > 0 ? beside : whole)
  }
  let high = h.length - 1
  for (let shifts = 0; high >= 0; shifts++) {
    if (shifts > most) throw new Error(`the eigenvalues of a matrix of ${h.length} rows do not come apart`)
    let low = high
    while (low > 0 && !isNegligible(low, shifts)) low--
    // From now on the blocks above and below are apart.
    if (low > 0) set(h, low, low - 1, 0)
    const d = get(h, high, high)
    if (low === high) {
      found.push([d, 0])
      high = low - 1
      shifts = -1
      continue
    }
    const [a, b, c] = [get(h, high - 1, high - 1), get(h, high - 1, high), get(h, high, high - 1)]
    if (low === high - 1) {
      for (const pair of ofTwo(a, b, c, d)) found.push(pair)
      high = low - 1
      shifts = -1
      continue
    }
    // A block may keep its form for ever under its own shifts. Every tenth is another, which has nothing to do with the block.
    const other = whole * ((shifts * 0.618) % 1)
    if (shifts % 10 === 9) shift(h, low, high, 2 * (d + other), (d + other) ** 2 + other ** 2 / 2)
    else shift(h, low, high, a + d, a * d - b * c)
  }
  return found
}
