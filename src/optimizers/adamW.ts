import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, mul, sub } from '../dsl/terms/elementwise.ts'
import { parameter } from '../dsl/terms/variables.ts'
import {
  type AdamConstants,
  type AdamOptions,
  adamCodecs,
  adamDirection,
  adamFields,
  adamOptionFields,
} from './adam.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate } from './rate.ts'

interface AdamW extends AdamConstants {
  readonly type: 'adamW'
  readonly weightDecay: number
}

/** The default options. */
const usual = { weightDecay: 0.01 }

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). As in PyTorch, the decay is scaled by lr.
 * `weightDecay` is 0.01 by default.
 *
 * @example adamW({ lr: 2e-4, weightDecay: 0.01 })
 */
export const adamW = (options: AdamOptions & { readonly weightDecay?: number }): Optimizer => {
  const fields = { ...adamOptionFields, weightDecay: 'optional' } as const
  checkOptions<AdamOptions & { readonly weightDecay?: number }>('adamW', options, fields)
  return { type: 'adamW', ...adamFields(options, 'adamW'), weightDecay: options.weightDecay ?? usual.weightDecay }
}

export const adamWDefinition: OptimizerDefinition<AdamW> = {
  codec: () => struct({ type: t.literal('adamW'), ...adamCodecs(), weightDecay: nonNegative }),
  update: (config) => {
    const direction = add(mul(config.weightDecay, parameter), adamDirection(config))
    return sub(parameter, mul(fromRate(config.lr), direction)).term
  },
}
