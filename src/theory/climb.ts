import { maxOf, norm } from '../ir/numbers.ts'
import { at } from '../ir/present.ts'

/** The result of a climb. */
export type Summit =
  | { readonly type: 'top'; readonly table: readonly number[]; readonly value: number }
  /** The value keeps rising as the table grows. */
  | { readonly type: 'unbounded'; readonly table: readonly number[]; readonly value: number }
  | { readonly type: 'unknown'; readonly reason: string }

interface Hill {
  readonly value: number
  readonly byTable: readonly number[]
  readonly hessian: readonly (readonly number[])[]
}

const steps = 500
const flat = 1e-11
const far = 1e3

/** Newton's method, damped until each step rises (Levenberg 1944), from a table to a local maximum. */
export const climb = (hill: (table: readonly number[]) => Hill, start: readonly number[]): Summit => {
  let [table, here, damping] = [start, hill(start), 1]
  for (let i = 0; i < steps; i++) {
    if (Number.isNaN(here.value)) return { type: 'unknown', reason: 'the objective has no value there' }
    if (norm(here.byTable) <= flat) return { type: 'top', table, value: here.value }
    const size = maxOf(table.map(Math.abs))
    if (size > far) return { type: 'unbounded', table, value: here.value }
    const next = table.map((x, k) => x + at(direction(here, damping), k))
    const there = hill(next)
    if (there.value === here.value && isFlat(here)) return { type: 'top', table, value: here.value }
    if (there.value >= here.value) {
      ;[table, here, damping] = [next, there, Math.max(damping / 10, 1e-8)]
    } else if (damping > 1e12) return stuck(table, here)
    else damping *= 10
  }
  return { type: 'unknown', reason: `no maximum within ${steps} steps` }
}

/** No step increases the value: it is a maximum within rounding, or a kink. */
const stuck = (table: readonly number[], hill: Hill): Summit =>
  isFlat(hill)
    ? { type: 'top', table, value: hill.value }
    : { type: 'unknown', reason: 'the objective has a kink, where its derivative does not lead on' }

/** Whether the slope is within the value's rounding. */
const isFlat = ({ byTable }: Hill): boolean => norm(byTable) < 1e-6

/** The solution of (damping I - H) d = g. */
const direction = ({ byTable, hessian }: Hill, damping: number): readonly number[] =>
  solve(
    hessian.map((row, i) => row.map((each, k) => (i === k ? damping : 0) - each)),
    byTable,
  )

/** Gaussian elimination with partial pivoting. */
const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] => {
  const rows = matrix.map((row, i) => [...row, at(right, i)])
  const n = rows.length
  for (let k = 0; k < n; k++) {
    const pivot = rows
      .slice(k)
      .reduce((best, row, i) => (Math.abs(at(row, k)) > Math.abs(at(at(rows, best), k)) ? k + i : best), k)
    const [upper, lower] = [at(rows, pivot), at(rows, k)]
    rows[k] = upper
    rows[pivot] = lower
    for (let i = 0; i < n; i++) {
      const factor = i === k ? 0 : at(at(rows, i), k) / at(upper, k)
      rows[i] = at(rows, i).map((each, j) => (j < k || factor === 0 ? each : each - factor * at(upper, j)))
    }
  }
  return rows.map((row, i) => at(row, n) / at(row, i))
}
