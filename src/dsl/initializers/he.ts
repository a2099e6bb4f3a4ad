import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { normalNumbers } from './filled.ts'

interface He {
  readonly type: 'he'
}

/**
 * Normal, of variance 2 / fan in. He et al. 2015, equation 10.
 *
 * @example dense(128, { init: init.he })
 */
export const he: He = { type: 'he' }

export const heDefinition: InitializerDefinition<He> = {
  codec: () => struct({ type: t.literal('he') }),
  fill: (_, { shape, fanIn }, random) => normalNumbers(size(shape), Math.sqrt(2 / fanIn), random),
  rootMeanSquare: (_, { fanIn }) => Math.sqrt(2 / fanIn),
}
