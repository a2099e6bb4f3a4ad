import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { struct } from '../codecs/struct.ts'
import { maximum, mul, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import {
  type AdamConstants,
  type AdamOptions,
  adamCodecs,
  adamFields,
  adamOptionFields,
  unbiasedDirection,
} from './adam.ts'
import type { OptimizerDefinition } from './definition.ts'
import { movingAverage } from './movingAverage.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate } from './rate.ts'

interface Amsgrad extends AdamConstants {
  readonly type: 'amsgrad'
}

/**
 * AMSGrad (Reddi et al. 2018, algorithm 2): Adam with the largest mean of squares so far, so that step sizes never grow again. As in
 * PyTorch, biases are corrected as in Adam, that of the largest mean after the maximum is taken.
 *
 * @example amsgrad({ lr: 2e-4, beta1: 0.5 })
 */
export const amsgrad = (options: AdamOptions): Optimizer => {
  checkOptions<AdamOptions>('amsgrad', options, adamOptionFields)
  return { type: 'amsgrad', ...adamFields(options, 'amsgrad') }
}

export const amsgradDefinition: OptimizerDefinition<Amsgrad> = {
  codec: () => struct({ type: t.literal('amsgrad'), ...adamCodecs() }),
  update: (config) => {
    const squares = movingAverage('v', config.beta2, square(gradient))
    const next = (previous: Expr<'batch'>): Expr<'batch'> => maximum(previous, squares)
    const largest = next(slot('largest', { initial: 0 }, next))
    return sub(parameter, mul(fromRate(config.lr), unbiasedDirection(config, largest))).term
  },
}
