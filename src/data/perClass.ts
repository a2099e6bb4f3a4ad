import * as E from '#fp-ts/Either'
import { type DataError, dataError } from '../errors/dataError.ts'
import { size } from '../ir/program.ts'
import type { Dataset } from './dataset.ts'

/** Selects the first `count` samples of each class in the file's order, after skipping `after` of them. */
export interface PerClass {
  readonly count: number
  /** 0 by default. */
  readonly after?: number
}

/** Keeps only those samples of a labelled dataset, in the file's order. Every class must have enough. */
export const ofEachClass =
  (path: string, { count, after = 0 }: PerClass) =>
  (dataset: Dataset): E.Either<DataError, Dataset> => {
    const label = dataset.fields.label?.values ?? new Float32Array(0)
    const classes = label.length / dataset.count
    const seen = new Array<number>(classes).fill(0)
    const kept: number[] = []
    for (let row = 0; row < dataset.count; row++) {
      const mark = label.indexOf(1, row * classes) - row * classes
      const before = seen[mark] ?? 0
      seen[mark] = before + 1
      if (before >= after && before < after + count) kept.push(row)
    }
    const short = seen.findIndex((found) => found < after + count)
    return short < 0
      ? E.right({ ...dataset, count: kept.length, fields: rowsOf(dataset.fields, kept) })
      : E.left(
          dataError(
            path,
            `expected at least ${after + count} samples of each class, found ${seen[short]} of class ${short} (from 0)`,
            seen[short] === 0
              ? `No label of the file is class ${short}: where labels count from 1, set classes to the largest label.`
              : 'Lower count, or after, of perClass.',
          ),
        )
  }

const rowsOf = (fields: Dataset['fields'], rows: readonly number[]): Dataset['fields'] =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { shape, values }]) => {
      const width = size(shape)
      const chosen = new Float32Array(rows.length * width)
      rows.forEach((row, i) => {
        chosen.set(values.subarray(row * width, (row + 1) * width), i * width)
      })
      return [name, { shape, values: chosen }]
    }),
  )
