import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { naturals, numbers, shape } from '../../codecs/lists.ts'
import { countable } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { type Shape, showShape, size } from '../../ir/program.ts'
import { flatValues, type Values } from '../terms/values.ts'
import { around } from '../types/bounds.ts'
import type { Mutable } from '../types/shape.ts'
import { type Labelled, oneHot } from './labels.ts'
import type { Source, SourceDefinition } from './source.ts'

/** Samples inside the spec. */
export interface TensorSource {
  readonly type: 'tensor'
  /** The shape of one sample. */
  readonly shape: Shape
  /** Sample after sample, row-major. */
  readonly values: readonly number[]
  /** One class per sample, from 0. Requires `classes`. */
  readonly labels?: readonly number[]
  readonly classes?: number
}

const codec = () =>
  struct({ type: t.literal('tensor'), shape, values: numbers }, { labels: naturals, classes: countable })

/**
 * Samples inside the spec, in row-major order: a list, nested lists, or a typed array. `x` has the given shape, that of one sample. With
 * labels and classes, also `label: [classes]`.
 *
 * @example tensor({ shape: [2], values: Float32Array.of(0, 0, 1, 1) })
 * @example tensor({ shape: [2], values: [[0, 0], [1, 1]], labels: Uint8Array.of(0, 1), classes: 2 })
 */
export const tensor = <const S extends Shape, C extends number = never>(options: {
  readonly shape: S
  readonly values: Values
  readonly labels?: Values
  readonly classes?: C
}): Source<Labelled<[C] extends [never] ? false : true, Mutable<S>, C>> => {
  checkOptions<Omit<TensorSource, 'type'>>('tensor', options, {
    shape: 'required',
    values: 'required',
    labels: 'optional',
    classes: 'optional',
  })
  return {
    type: 'tensor',
    shape: options.shape,
    values: flatValues(options.values),
    ...(options.labels !== undefined && { labels: flatValues(options.labels) }),
    ...(options.classes !== undefined && { classes: options.classes }),
  }
}

const check = ({ shape, values, labels, classes }: TensorSource): readonly Problem[] => {
  const samples = values.length / size(shape)
  const wrong = labels?.find((label) => label >= (classes ?? Infinity))
  return [
    ...(samples >= 1 && Number.isInteger(samples)
      ? []
      : [
          {
            expected: `values of whole samples ${showShape(shape)}, one at least`,
            found: `${values.length} numbers`,
            hint: `Give a multiple of ${size(shape)} numbers.`,
          },
        ]),
    ...((labels === undefined) === (classes === undefined)
      ? []
      : [
          {
            expected: 'labels and classes, or neither',
            found: labels === undefined ? 'classes alone' : 'labels alone',
            hint: 'Give a class per sample and the number of classes.',
          },
        ]),
    ...(labels === undefined || labels.length === samples
      ? []
      : [
          {
            expected: `${samples} labels, one per sample`,
            found: `${labels.length}`,
            hint: 'Label every sample once.',
          },
        ]),
    ...(wrong === undefined
      ? []
      : [
          {
            expected: `labels below ${classes}`,
            found: `${wrong}`,
            hint: 'Set classes to one more than the largest label.',
          },
        ]),
  ]
}

export const tensorDefinition: SourceDefinition<TensorSource> = {
  role: 'data',
  codec,
  check,
  fields: ({ shape, classes }) => (classes === undefined ? { x: shape } : { x: shape, label: [classes] }),
  bounds: ({ values }) => around(values),
  supply: {
    type: 'memory',
    rows: ({ shape, values, labels = [], classes }) => {
      const x = Float32Array.from(values)
      const fields = classes === undefined ? { x } : { x, label: oneHot(classes, labels) }
      return { count: values.length / size(shape), fields }
    },
  },
}
