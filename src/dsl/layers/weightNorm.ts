import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { size } from '../../ir/program.ts'
import { rootMeanSquare } from '../initializers/initializer.ts'
import {
  checkNotZero,
  inputsOf,
  type Kernel,
  nameOf,
  outputSizes,
  outputsOf,
  unitsOf,
  type WeightRuleDefinition,
} from './weightRule.ts'

export interface WeightNorm {
  readonly type: 'weightNorm'
}

const gainOf = (kernel: Kernel): string => `${nameOf(kernel)}.gain`

/**
 * Each unit's weights are the direction of its stored vector times a trained length (equation 2). Lengths start at the root mean square
 * length of the initialiser's vectors.
 */
export const weightNormDefinition: WeightRuleDefinition<WeightNorm> = {
  codec: () => struct({ type: t.literal('weightNorm') }),
  check: (_, init) => checkNotZero('weightNorm', init),
  init: () => ({ type: 'glorot' }),
  parameters: (_, kernel, init) => {
    const length = rootMeanSquare(init, kernel) * Math.sqrt(size(kernel.shape) / unitsOf(kernel))
    return { [gainOf(kernel)]: { ...kernel, shape: outputSizes(kernel), init: { type: 'constant', value: length } } }
  },
  slots: () => ({}),
  make: (_, { builder: b, parameter }, kernel, stored) => {
    const outputs = outputsOf(kernel)
    const kept = kernel.shape.map((n, axis) => (outputs.includes(axis) ? n : 1))
    const squared = b.reshape(b.sum(b.square(stored), inputsOf(kernel)), kept)
    return b.mul(stored, b.mul(b.reshape(parameter(gainOf(kernel)), kept), b.rsqrt(squared)))
  },
  biasScale: () => 1,
}
