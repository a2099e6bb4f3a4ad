import * as t from '#io-ts'
import { checkNumbers } from '../../codecs/argument.ts'
import { nonNegative } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { normalNumbers } from './filled.ts'

interface Normal {
  readonly type: 'normal'
  readonly std: number
}

/**
 * Independent normal numbers of mean 0 and standard deviation `std`.
 *
 * @example dense(128, { init: init.normal(0.02) })
 */
export const normal = (std: number): Normal => {
  checkNumbers('init.normal', { std })
  return { type: 'normal', std }
}

export const normalDefinition: InitializerDefinition<Normal> = {
  codec: () => struct({ type: t.literal('normal'), std: nonNegative }),
  fill: ({ std }, { shape }, random) => normalNumbers(size(shape), std, random),
  rootMeanSquare: ({ std }) => std,
}
