import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { uniformNumbers } from './filled.ts'

interface Glorot {
  readonly type: 'glorot'
}

/**
 * Uniform, of variance 2 / (fan in + fan out). Glorot and Bengio 2010, equation 16.
 *
 * @example dense(128, { init: init.glorot })
 */
export const glorot: Glorot = { type: 'glorot' }

export const glorotDefinition: InitializerDefinition<Glorot> = {
  codec: () => struct({ type: t.literal('glorot') }),
  fill: (_, { shape, fanIn, fanOut }, random) => {
    const bound = Math.sqrt(6 / (fanIn + fanOut))
    return uniformNumbers(size(shape), -bound, bound, random)
  },
  rootMeanSquare: (_, { fanIn, fanOut }) => Math.sqrt(2 / (fanIn + fanOut)),
}
