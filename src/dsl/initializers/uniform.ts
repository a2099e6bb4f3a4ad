import * as t from '#io-ts'
import { checkNumbers } from '../../codecs/argument.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { uniformNumbers } from './filled.ts'

interface Uniform {
  readonly type: 'uniform'
  readonly low: number
  readonly high: number
}

/**
 * Independent numbers, uniform on [low, high).
 *
 * @example dense(128, { init: init.uniform(-0.05, 0.05) })
 */
export const uniform = (low: number, high: number): Uniform => {
  checkNumbers('init.uniform', { low, high })
  return { type: 'uniform', low, high }
}

export const uniformDefinition: InitializerDefinition<Uniform> = {
  codec: () => struct({ type: t.literal('uniform'), low: finite, high: finite }),
  fill: ({ low, high }, { shape }, random) => uniformNumbers(size(shape), low, high, random),
  rootMeanSquare: ({ low, high }) => Math.sqrt((low ** 2 + low * high + high ** 2) / 3),
}
