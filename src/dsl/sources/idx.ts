import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { pair, shape } from '../../codecs/lists.ts'
import { count, countable, finite, natural } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { around } from '../types/bounds.ts'
import type { Mutable } from '../types/shape.ts'
import type { Labelled } from './labels.ts'
import { checkRange } from './scaling.ts'
import type { Source, SourceDefinition } from './source.ts'

/** Images in the format of MNIST (LeCun, Cortes and Burges 1998). Relative paths are relative to the spec's folder. */
export interface Idx {
  readonly type: 'idx'
  readonly images: string
  /** The shape of one image. */
  readonly shape: Shape
  /** A file with one class per image. Requires `classes`. */
  readonly labels?: string
  readonly classes?: number
  /** The values of bytes 0 and 255; others are mapped linearly. By default bytes stay 0 to 255. */
  readonly range?: readonly [number, number]
  /** Keeps only the first `count` images of each class, after skipping `after` of them. Requires `labels`. */
  readonly perClass?: { readonly count: number; readonly after?: number }
}

const codec = () =>
  struct(
    { type: t.literal('idx'), images: t.string, shape },
    {
      labels: t.string,
      classes: countable,
      range: pair(finite, 'two numbers: what bytes 0 and 255 become'),
      perClass: struct({ count }, { after: natural }),
    },
  )

/**
 * Images of a file in MNIST's format (LeCun, Cortes and Burges 1998). `range` maps the bytes, for example to `[-1, 1]` for a tanh
 * generator; by default they stay 0 to 255. `x` has the given shape. With labels and classes, also `label: [classes]`; `perClass` then
 * takes only a few images of each class.
 *
 * @example const data = source('data', idx({ images: 'train-images-idx3-ubyte', shape: [28, 28, 1] }))
 */
export const idx = <const S extends Shape, C extends number = never>(options: {
  readonly images: string
  readonly shape: S
  readonly labels?: string
  readonly classes?: C
  readonly range?: readonly [number, number]
  readonly perClass?: { readonly count: number; readonly after?: number }
}): Source<Labelled<[C] extends [never] ? false : true, Mutable<S>, C>> => {
  checkOptions<Omit<Idx, 'type'>>('idx', options, {
    images: 'required',
    shape: 'required',
    labels: 'optional',
    classes: 'optional',
    range: 'optional',
    perClass: 'optional',
  })
  return {
    type: 'idx',
    images: options.images,
    shape: options.shape,
    ...(options.labels !== undefined && { labels: options.labels }),
    ...(options.classes !== undefined && { classes: options.classes }),
    ...(options.range !== undefined && { range: options.range }),
    ...(options.perClass !== undefined && { perClass: options.perClass }),
  }
}

export const idxDefinition: SourceDefinition<Idx> = {
  role: 'data',
  codec,
  check: ({ labels, classes, perClass, range }) => [
    ...checkRange(range === undefined ? {} : { range }),
    ...((labels === undefined) === (classes === undefined)
      ? []
      : [
          {
            expected: 'labels and classes, or neither',
            found: labels === undefined ? 'classes alone' : 'labels alone',
            hint: 'Give the file of labels and the number of classes.',
          },
        ]),
    ...(perClass === undefined || labels !== undefined
      ? []
      : [
          {
            expected: 'labels beside perClass',
            found: 'none',
            hint: 'Give the file of labels and the number of classes.',
          },
        ]),
  ],
  fields: (source) =>
    source.classes === undefined ? { x: source.shape } : { x: source.shape, label: [source.classes] },
  bounds: ({ range }) => (range === undefined ? undefined : around(range)),
  imageBounds: [0, 255],
  supply: { type: 'file', paths: ['images', 'labels'] },
}
