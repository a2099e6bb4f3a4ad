import { at, invariant } from '../present.ts'
import { type Shape, sameShape, size } from '../program.ts'
import { element as elementAt } from './element.ts'
import type { OpDefinition } from './op.ts'

/** Bound here for the inner loops: some loaders turn a call of an imported name into a property access, seven times slower. */
const element = elementAt

const row = (index: number, rows: number): number => {
  invariant(Number.isInteger(index) && index >= 0 && index < rows, () => `index ${index} among ${rows} rows`)
  return index
}

const rowShape = (table: Shape): Shape => table.slice(1)

export const indexingOps: { readonly [O in 'gather' | 'scatter']: OpDefinition<O> } = {
  gather: {
    arity: 2,
    rounds: false,
    shape: (_, [table, indices]) => {
      invariant(table.length > 0, () => 'gather from a scalar')
      return [...indices, ...rowShape(table)]
    },
    gradient: ({ builder: b, inputs: [table, indices], gradient }) => [
      b.scatter(gradient, indices, at(b.shape(table), 0)),
      undefined,
    ],
    evaluate: (_, [table, indices], [shape]) => {
      const width = size(rowShape(shape))
      const result = new Float64Array(indices.length * width)
      indices.forEach((index, i) => {
        const start = row(index, at(shape, 0)) * width
        result.set(table.subarray(start, start + width), i * width)
      })
      return result
    },
  },
  scatter: {
    arity: 2,
    rounds: true,
    shape: ({ size: rows }, [updates, indices]) => {
      invariant(
        sameShape(updates.slice(0, indices.length), indices),
        () => `scatter of updates [${updates}] by indices [${indices}]`,
      )
      return [rows, ...updates.slice(indices.length)]
    },
    gradient: ({ builder: b, inputs: [, indices], gradient }) => [b.gather(gradient, indices), undefined],
    evaluate: (_, [updates, indices], __, shape) => {
      const width = size(rowShape(shape))
      const result = new Float64Array(size(shape))
      indices.forEach((index, i) => {
        const start = row(index, at(shape, 0)) * width
        for (let j = 0; j < width; j++) result[start + j] = element(result, start + j) + element(updates, i * width + j)
      })
      return result
    },
  },
}
