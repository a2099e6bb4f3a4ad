import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { shape } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import type { Mutable } from '../types/shape.ts'
import { checkScaling, givenScaling, type Scaling, scaledBounds, scalingOptions } from './scaling.ts'
import type { Source, SourceDefinition } from './source.ts'

/** A NumPy file whose first axis counts samples. A relative path starts at the spec's folder. */
export interface Npy extends Scaling {
  readonly type: 'npy'
  readonly path: string
  /** The shape of one sample. */
  readonly shape: Shape
}

/**
 * A NumPy file whose first axis counts samples. `x` has the given shape, that of one sample. `range` scales the numbers to a range,
 * `standardise` to mean 0 and standard deviation 1. Sample files are scaled back to the original units.
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
