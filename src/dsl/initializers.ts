import * as t from '#io-ts'
import { finite, nonNegative } from './codecs/numbers.ts'
import { struct } from './codecs/struct.ts'
import { tagged } from './codecs/tagged.ts'
import type { Initializer } from './initializer.ts'

/** How parameters start: `dense(128, { init: init.orthogonal() })`, say. */
export const init = {
  zeros: { type: 'zeros' },
  constant: (value: number) => ({ type: 'constant', value }),
  normal: (std: number) => ({ type: 'normal', std }),
  /** Redrawn to lie within two `std`; what is left has a standard deviation of 0.88 `std`. */
  truncatedNormal: (std: number) => ({ type: 'truncatedNormal', std }),
  uniform: (low: number, high: number) => ({ type: 'uniform', low, high }),
  glorot: { type: 'glorot' },
  he: { type: 'he' },
  orthogonal: (gain = 1) => ({ type: 'orthogonal', gain }),
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
