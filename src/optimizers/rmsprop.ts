import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, div, mul, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import { constantOf } from '../dsl/terms/ranges.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import { movingAverage } from './movingAverage.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate, type Rate, type RateOption, rate, toRate } from './rate.ts'

interface Rmsprop {
  readonly type: 'rmsprop'
  readonly lr: Rate
  readonly decay: number
  readonly epsilon: number
}

interface RmspropOptions {
  readonly lr: RateOption
  readonly decay?: number
  readonly epsilon?: number
}

/** The default options. */
const usual = { decay: 0.99, epsilon: 1e-8 }

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6.5): gradient descent with each gradient divided by its root mean square. PyTorch's
 * form and defaults: decay 0.99, and epsilon 1e-8, which is added to the root.
 *
 * @example rmsprop({ lr: 5e-5 })
 */
export const rmsprop = (options: RmspropOptions): Optimizer => {
  checkOptions<RmspropOptions>('rmsprop', options, { lr: 'required', decay: 'optional', epsilon: 'optional' })
  return {
    type: 'rmsprop',
    lr: toRate(options.lr, 'rmsprop'),
    decay: options.decay ?? usual.decay,
    epsilon: options.epsilon ?? usual.epsilon,
  }
}

export const rmspropDefinition: OptimizerDefinition<Rmsprop> = {
  codec: () => struct({ type: t.literal('rmsprop'), lr: rate(), decay: constantOf('decay'), epsilon: nonNegative }),
  update: ({ lr, decay, epsilon }) => {
    const squares = movingAverage('v', decay, square(gradient))
    return sub(parameter, mul(fromRate(lr), div(gradient, add(sqrt(squares), epsilon)))).term
  },
}
