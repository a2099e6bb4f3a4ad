import * as t from '#io-ts'
import { checkNumbers } from '../../codecs/argument.ts'
import { finite, nonNegative } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { tagged } from '../../codecs/tagged.ts'
import type { Initializer } from './initializer.ts'

/** An initialiser, once its numbers are. */
const checked = <const I extends Initializer>(initializer: I): I => {
  const { type, ...numbers } = initializer
  checkNumbers(`init.${type}`, numbers)
  return initializer
}

/** How parameters start: `dense(128, { init: init.orthogonal() })`, say. */
export const init = {
  /** All 0. */
  zeros: { type: 'zeros' },
  /** All of one value. */
  constant: (value: number) => checked({ type: 'constant', value }),
  /** Independent normal numbers of mean 0 and standard deviation `std`. */
  normal: (std: number) => checked({ type: 'normal', std }),
  /** Redrawn to lie within two `std`; what is left has a standard deviation of 0.88 `std`. */
  truncatedNormal: (std: number) => checked({ type: 'truncatedNormal', std }),
  /** Independent numbers, uniform on [low, high). */
  uniform: (low: number, high: number) => checked({ type: 'uniform', low, high }),
  /** Uniform, of variance 2 / (fan in + fan out). Glorot and Bengio 2010, equation 16. */
  glorot: { type: 'glorot' },
  /** Normal, of variance 2 / fan in. He et al. 2015, equation 10. */
  he: { type: 'he' },
  /** Rows or columns, whichever are fewer, orthogonal and of length `gain`. Saxe et al. 2014. */
  orthogonal: (gain = 1) => checked({ type: 'orthogonal', gain }),
} as const satisfies { readonly [K in Initializer['type']]: Initializer | ((...numbers: number[]) => Initializer) }

export const initializerCodec: t.Type<Initializer, unknown> = tagged<Initializer, 'type'>('an initialiser', 'type', {
  zeros: struct({ type: t.literal('zeros') }),
  constant: struct({ type: t.literal('constant'), value: finite }),
  normal: struct({ type: t.literal('normal'), std: nonNegative }),
  truncatedNormal: struct({ type: t.literal('truncatedNormal'), std: nonNegative }),
  uniform: struct({ type: t.literal('uniform'), low: finite, high: finite }),
  glorot: struct({ type: t.literal('glorot') }),
  he: struct({ type: t.literal('he') }),
  orthogonal: struct({ type: t.literal('orthogonal'), gain: finite }),
})
