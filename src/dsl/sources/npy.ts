import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { shape } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import type { Mutable } from '../types/shape.ts'
import { checkScaling, givenScaling, type Scaling, scaledBounds, scalingOptions } from './scaling.ts'
import type { Source, SourceDefinition } from './source.ts'

/** A NumPy array whose first axis counts samples. A relative path is relative to the spec's folder. */
export interface Npy extends Scaling {
  readonly type: 'npy'
  readonly path: string
  /** Of one sample. */
  readonly shape: Shape
}

/**
 * A NumPy array of a file, whose first axis counts samples. `x` of the given shape, that of one sample; numbers as they are, or
 * brought to `range` or by `standardise` to mean 0 and deviation 1. Files of samples have the original numbers again.
 *
 * @example npy({ path: 'faces.npy', shape: [32, 32, 3], range: [-1, 1] })
 */
export const npy = <const S extends Shape>(
  options: { readonly path: string; readonly shape: S } & Scaling,
): Source<{ readonly x: Mutable<S> }> => {
  checkOptions<Omit<Npy, 'type'>>('npy', options, {
    path: 'required',
    shape: 'required',
    range: 'optional',
    standardise: 'optional',
  })
  return {
    type: 'npy',
    path: options.path,
    shape: options.shape,
    ...givenScaling(options),
  }
}

export const npyDefinition: SourceDefinition<Npy> = {
  role: 'data',
  codec: () => struct({ type: t.literal('npy'), path: t.string, shape }, scalingOptions()),
  check: checkScaling,
  bounds: scaledBounds,
  fields: (source) => ({ x: source.shape }),
  supply: { type: 'file', paths: ['path'] },
}
