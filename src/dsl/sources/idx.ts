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
  /** Of one image. */
  readonly shape: Shape
  /** A file of a class per image; given together with the number of classes. */
  readonly labels?: string
  readonly classes?: number
  /** What bytes 0 and 255 become, linearly between; bytes stay 0 to 255 where it is absent. */
  readonly range?: readonly [number, number]
  /** So many images of each class alone, the first in the file, or the first after so many others of it; needs labels. */
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
 * Images of a file in the format of MNIST (LeCun, Cortes and Burges 1998), bytes mapped to `range`, as they are where it is
 * absent; `[-1, 1]` is tanh's range. `x` of the given shape and, where labels and classes are given, `label: [classes]`;
 * with labels, `perClass` takes a few images of each class alone.
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
