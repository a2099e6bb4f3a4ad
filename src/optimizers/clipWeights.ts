import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { positive } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { maximum, minimum } from '../dsl/terms/elementwise.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'

interface ClipWeights {
  readonly type: 'clipWeights'
  readonly most: number
  readonly of: Optimizer
}

/**
 * Wraps an optimizer so that each weight is clipped to [-most, most] after every update: the original bound of the Wasserstein
 * critic (Arjovsky et al. 2017, algorithm 1, with 0.01).
 *
 * @example clipWeights({ most: 0.01 }, rmsprop({ lr: 5e-5 }))
 */
export const clipWeights = (options: { readonly most: number }, of: Optimizer): Optimizer => {
  checkOptions<{ readonly most: number }>(
    'clipWeights',
    options,
    { most: 'required' },
    'clipWeights({}, adam({ lr: 1e-4 }))',
  )
  return { type: 'clipWeights', most: options.most, of }
}

export const clipWeightsDefinition: OptimizerDefinition<ClipWeights> = {
  codec: (of) => struct({ type: t.literal('clipWeights'), most: positive, of }),
  update: ({ most, of }, updateOf) => minimum(maximum({ term: updateOf(of) }, -most), most).term,
}
