import * as t from '#io-ts'
import { list, pair } from '../../codecs/lists.ts'
import { count, natural } from '../../codecs/numbers.ts'
import { oneOf } from '../../codecs/oneOf.ts'
import { rangeKinds } from './ranges.ts'

/** Codecs of fields that several kinds of terms have. */

export const distribution = oneOf('uniform', 'normal')
export const rangeKind = oneOf(...rangeKinds)
export const flag = t.literal(true)
export const sizes = list(count, 'a list of sizes')
export const twoSizes = pair(count, 'two whole numbers above 0')
export const padding = pair(pair(natural, 'two whole numbers of at least 0'), 'padding: [[top, bottom], [left, right]]')
