import * as t from '#io-ts'
import { pair } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import type { Problem } from '../../errors/specError.ts'
import { around, type Bounds } from '../types/bounds.ts'

/** How to scale the numbers of a file. Without either option they stay as they are. */
export interface Scaling {
  /**
   * The values of each channel's least and greatest number; others are mapped linearly. Use `[-1, 1]` for a tanh. For
   * bytes, 0 and 255 are used instead, and for booleans false and true. Channels are the last axis.
   */
  readonly range?: readonly [number, number]
  /** Scales each channel (of the last axis) to mean 0 and standard deviation 1 over the file. */
  readonly standardise?: true
}

export const scalingOptions = () => ({ range: pair(finite, 'two numbers'), standardise: t.literal(true) })

/** The options that are given. */
export const givenScaling = ({ range, standardise }: Scaling): Scaling => ({
  ...(range !== undefined && { range }),
  ...(standardise === true && { standardise }),
})

export const checkRange = ({ range }: Pick<Scaling, 'range'>): readonly Problem[] =>
  range === undefined || range[0] !== range[1]
    ? []
    : [{ expected: 'a range of two different numbers', found: `[${range.join(', ')}]`, hint: '[-1, 1] suits a tanh.' }]

export const checkScaling = (scaling: Scaling): readonly Problem[] => [
  ...checkRange(scaling),
  ...(scaling.range === undefined || scaling.standardise === undefined
    ? []
    : [{ expected: 'range or standardise', found: 'both', hint: 'Leave one of them out.' }]),
]

export const scaledBounds = ({ range }: Scaling): Bounds | undefined =>
  range === undefined ? undefined : around(range)
