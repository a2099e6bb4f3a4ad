import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { filled } from './filled.ts'

interface Zeros {
  readonly type: 'zeros'
}

/**
 * All 0.
 *
 * @example dense(1, { init: init.zeros })
 */
export const zeros: Zeros = { type: 'zeros' }

export const zerosDefinition: InitializerDefinition<Zeros> = {
  codec: () => struct({ type: t.literal('zeros') }),
  fill: (_, { shape }) => filled(size(shape), 0),
  rootMeanSquare: () => 0,
}
