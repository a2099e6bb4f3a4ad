import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { struct } from '../codecs/struct.ts'
import { add, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import {
  type AdamConstants,
  type AdamOptions,
  adamCodecs,
  adamFields,
  adamOptionFields,
  meanGradient,
  unbiasedDirection,
} from './adam.ts'
import type { OptimizerDefinition } from './definition.ts'
import { movingAverage } from './movingAverage.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate } from './rate.ts'

interface AdaBelief extends AdamConstants {
  readonly type: 'adaBelief'
}

/** Where the user does not say. */
const usual = { epsilon: 1e-16 }

/**
 * Adam over the mean squared distance of gradients from their mean, so that steps are large where gradients agree (Zhuang et
 * al. 2020, algorithm 2). Its epsilon, 1e-16 unless said otherwise as in the authors' code, is added to that mean at every
 * update, and to the root.
 *
 * @example adaBelief({ lr: 1e-3 })
 */
export const adaBelief = (options: AdamOptions): Optimizer => {
  checkOptions<AdamOptions>('adaBelief', options, adamOptionFields)
  return { type: 'adaBelief', ...adamFields({ ...options, epsilon: options.epsilon ?? usual.epsilon }, 'adaBelief') }
}

export const adaBeliefDefinition: OptimizerDefinition<AdaBelief> = {
  codec: () => struct({ type: t.literal('adaBelief'), ...adamCodecs() }),
  update: (config) => {
    const distance = square(sub(gradient, meanGradient(config)))
    // The average weighs what it is given by 1 - beta2; epsilon is added whole.
    const spread = movingAverage('s', config.beta2, add(distance, config.epsilon / (1 - config.beta2)))
    return sub(parameter, mul(fromRate(config.lr), unbiasedDirection(config, spread))).term
  },
}
