import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { natural } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { tagged } from '../codecs/tagged.ts'
import { constantOf } from '../dsl/terms/ranges.ts'

/** How the weights of a network are averaged over the steps of a game, as it is stored. */
export type Average =
  | { readonly type: 'exponential'; readonly decay: number }
  | { readonly type: 'uniform'; readonly from: number }

export const averageCodec: t.Type<Average, unknown> = tagged<Average, 'type'>('an average', 'type', {
  exponential: struct({ type: t.literal('exponential'), decay: constantOf('decay') }),
  uniform: struct({ type: t.literal('uniform'), from: natural }),
})

/**
 * An exponential moving average (EMA) of a network's weights: after each step, decay * average + (1 - decay) * weights (Karras et al.
 * 2018, appendix A; for games Yazici et al. 2019, section 3). It starts at the initial weights.
 *
 * @example gan({ ...parts, averages: { generator: exponentialAverage({ decay: 0.999 }) } })
 */
export const exponentialAverage = (options: { readonly decay: number }): Average => {
  checkOptions<{ readonly decay: number }>('exponentialAverage', options, { decay: 'required' })
  return { type: 'exponential', ...options }
}

/**
 * The plain mean of the weights after each step from step `from` on (Polyak and Juditsky 1992; of games Yazici et al. 2019,
 * section 3), which is 0 unless said otherwise; until then the weights themselves.
 *
 * @example gan({ ...parts, averages: { generator: uniformAverage({ from: 1000 }) } })
 */
export const uniformAverage = (options: { readonly from?: number } = {}): Average => {
  checkOptions<{ readonly from?: number }>('uniformAverage', options, { from: 'optional' })
  return { type: 'uniform', from: options.from ?? 0 }
}
