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

/** The default options. */
const usual = { epsilon: 1e-16 }

/**
 * AdaBelief (Zhuang et al. 2020, algorithm 2): Adam with the variance of the gradients instead of their mean square, so that steps
 * are large where gradients agree. `epsilon`, 1e-16 by default as in the authors' code, is added to the variance at every update,
 * and to its root.
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
    // The average multiplies its input by 1 - beta2, but epsilon is added in full.
    const spread = movingAverage('s', config.beta2, add(distance, config.epsilon / (1 - config.beta2)))
    return sub(parameter, mul(fromRate(config.lr), unbiasedDirection(config, spread))).term
  },
}
