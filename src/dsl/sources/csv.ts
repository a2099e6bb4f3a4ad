import * as t from '#io-ts'
import { checkList, checkOptions } from '../../codecs/argument.ts'
import { choice } from '../../codecs/choice.ts'
import { nonEmptyList, shape } from '../../codecs/lists.ts'
import { natural } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import type { Shape } from '../../ir/program.ts'
import { checkScaling, givenScaling, type Scaling, scaledBounds, scalingOptions } from './scaling.ts'
import type { Source, SourceDefinition } from './source.ts'

/** A CSV file with one sample per line. A relative path starts at the spec's folder. */
export interface Csv extends Scaling {
  readonly type: 'csv'
  readonly path: string
  /** The shape of one sample: the number of columns. */
  readonly shape: Shape
  /** The columns to read, by name or by index from 0, in this order. All by default. */
  readonly columns?: readonly (string | number)[]
  /** Whether the first line names the columns. By default it does if a column is chosen by name. */
  readonly header?: boolean
}

const column = choice('the name of a column, or its index from 0', t.string, natural)
const codec = () =>
  struct(
    { type: t.literal('csv'), path: t.string, shape },
    { columns: nonEmptyList(column, 'a list of columns, one at least'), header: t.boolean, ...scalingOptions() },
  )

/**
 * Numeric columns of a CSV file, by name or by index from 0, one sample per line. `x: [number of columns]`. `range` scales each column to
 * a range, `standardise` to mean 0 and standard deviation 1. Sample files are scaled back to the original units.
 *
 * @example csv({ path: 'houses.csv', columns: ['price', 'area'], standardise: true })
 */
export const csv = <const C extends readonly (string | number)[]>(
  options: { readonly path: string; readonly columns: C; readonly header?: boolean } & Scaling,
): Source<{ readonly x: [C['length']] }> => {
  checkOptions<Omit<Csv, 'type' | 'shape' | 'columns'> & { readonly columns: Csv['columns'] }>('csv', options, {
    path: 'required',
    columns: 'required',
    header: 'optional',
    range: 'optional',
    standardise: 'optional',
  })
  checkList('csv', 'columns', options.columns, "Write columns: ['x', 'y'].")
  return {
    type: 'csv',
    path: options.path,
    shape: [options.columns.length],
    columns: options.columns,
    ...(options.header !== undefined && { header: options.header }),
    ...givenScaling(options),
  }
}

const checkShape = ({ shape: [size, ...rest], columns }: Csv): readonly Problem[] =>
  rest.length === 0 && size !== undefined && (columns === undefined || columns.length === size)
    ? []
    : [
        {
          expected: columns === undefined ? 'a shape of one axis' : `shape [${columns.length}], one number per column`,
          found: `[${[size, ...rest].join(', ')}]`,
          hint: 'Give the number of columns as the one size.',
        },
      ]

export const csvDefinition: SourceDefinition<Csv> = {
  role: 'data',
  codec,
  check: (source) => [...checkShape(source), ...checkScaling(source)],
  bounds: scaledBounds,
  fields: (source) => ({ x: source.shape }),
  supply: { type: 'file', paths: ['path'] },
}
