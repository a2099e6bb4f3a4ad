import * as t from '#io-ts'
import { checkNumbers } from '../../codecs/argument.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { filled } from './filled.ts'

interface Constant {
  readonly type: 'constant'
  readonly value: number
}

/**
 * Starts all numbers at one value.
 *
 * @example dense(1, { init: init.constant(0) })
 */
export const constant = (value: number): Constant => {
  checkNumbers('init.constant', { value })
  return { type: 'constant', value }
}

export const constantDefinition: InitializerDefinition<Constant> = {
  codec: () => struct({ type: t.literal('constant'), value: finite }),
  fill: ({ value }, { shape }) => filled(size(shape), value),
  rootMeanSquare: ({ value }) => Math.abs(value),
}
