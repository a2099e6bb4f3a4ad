import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { struct } from '../codecs/struct.ts'
import { mul, sub } from '../dsl/terms/elementwise.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate, type Rate, type RateOption, rate, toRate } from './rate.ts'

interface Sgd {
  readonly type: 'sgd'
  readonly lr: Rate
}

interface SgdOptions {
  readonly lr: RateOption
}

/**
 * Gradient descent: parameter - lr * gradient (Robbins and Monro 1951).
 *
 * @example sgd({ lr: 0.1 })
 */
export const sgd = (options: SgdOptions): Optimizer => {
  checkOptions<SgdOptions>('sgd', options, { lr: 'required' })
  return { type: 'sgd', lr: toRate(options.lr, 'sgd') }
}

export const sgdDefinition: OptimizerDefinition<Sgd> = {
  codec: () => struct({ type: t.literal('sgd'), lr: rate() }),
  update: ({ lr }) => sub(parameter, mul(fromRate(lr), gradient)).term,
}
