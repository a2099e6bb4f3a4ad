import { checkOptions } from '../codecs/argument.ts'
import { maximum, minimum } from '../dsl/terms/elementwise.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'

/**
 * An optimizer after whose every update each parameter is cut to at most `most` in size: the Wasserstein critic's bound
 * (Arjovsky et al. 2017, algorithm 1, with 0.01 there).
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

export const clipWeightsUpdate = ({ most }: OptimizerOf<'clipWeights'>, update: Term): Term =>
  minimum(maximum({ term: update }, -most), most).term
