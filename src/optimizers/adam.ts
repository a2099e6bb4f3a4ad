import * as t from '#io-ts'
import { checkOptions, type OptionFields } from '../codecs/argument.ts'
import { nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, div, mul, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { constantOf } from '../dsl/terms/ranges.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import { filled, movingAverage } from './movingAverage.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate, type Rate, type RateOption, rate, toRate } from './rate.ts'

interface Adam extends AdamConstants {
  readonly type: 'adam'
}

export interface AdamOptions {
  readonly lr: RateOption
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}

/** The options, for the constructors' checks. */
export const adamOptionFields: OptionFields<AdamOptions> = {
  lr: 'required',
  beta1: 'optional',
  beta2: 'optional',
  epsilon: 'optional',
}

/** The constants as a spec stores them. */
export interface AdamConstants {
  readonly lr: Rate
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

export const adamCodecs = () => ({
  lr: rate(),
  beta1: constantOf('decay'),
  beta2: constantOf('decay'),
  epsilon: nonNegative,
})

/** The default options. */
const usual = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }

/** The paper's defaults. */
export const adamFields = (options: AdamOptions, called: string): AdamConstants => ({
  lr: toRate(options.lr, called),
  beta1: options.beta1 ?? usual.beta1,
  beta2: options.beta2 ?? usual.beta2,
  epsilon: options.epsilon ?? usual.epsilon,
})

/**
 * Adam (Kingma and Ba 2015, algorithm 1). Defaults: beta1 0.9, beta2 0.999, and epsilon 1e-8, which is added to the root.
 *
 * @example adam({ lr: 2e-4, beta1: 0.5 })
 */
export const adam = (options: AdamOptions): Optimizer => {
  checkOptions<AdamOptions>('adam', options, adamOptionFields)
  return { type: 'adam', ...adamFields(options, 'adam') }
}

/** The moving average of gradients, which starts at 0. */
export const meanGradient = ({ beta1 }: { readonly beta1: number }): Expr<'batch'> =>
  movingAverage('m', beta1, gradient)

/**
 * The bias-corrected mean gradient over the root of the bias-corrected `squares`, a moving average with beta2. As at the end of the
 * paper's section 2, the corrections are applied as scalar factors of the whole, and to epsilon.
 */
export const unbiasedDirection = (
  { beta1, beta2, epsilon }: Omit<AdamConstants, 'lr'>,
  squares: Expr<'batch'>,
): Expr<'batch'> => {
  const root = sqrt(filled(beta2))
  const mean = meanGradient({ beta1 })
  return mul(div(root, filled(beta1)), div(mean, add(sqrt(squares), mul(epsilon, root))))
}

export const adamDirection = (config: AdamConstants): Expr<'batch'> =>
  unbiasedDirection(config, movingAverage('v', config.beta2, square(gradient)))

export const adamDefinition: OptimizerDefinition<Adam> = {
  codec: () => struct({ type: t.literal('adam'), ...adamCodecs() }),
  update: (config) => sub(parameter, mul(fromRate(config.lr), adamDirection(config))).term,
}
