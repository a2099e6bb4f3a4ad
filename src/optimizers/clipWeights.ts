import { maximum, minimum } from '../dsl/elementwise.ts'
import type { Optimizer, OptimizerOf } from '../dsl/optimizer.ts'
import type { Term } from '../dsl/term.ts'

/**
 * An optimizer after whose every update each parameter is cut to at most `most` in size: the Wasserstein critic's bound
 * (Arjovsky et al. 2017, algorithm 1, with 0.01 there).
 */
export const clipWeights = (options: { readonly most: number }, of: Optimizer): Optimizer => ({
  type: 'clipWeights',
  most: options.most,
  of,
})

export const clipWeightsUpdate = ({ most }: OptimizerOf<'clipWeights'>, update: Term): Term =>
  minimum(maximum({ term: update }, -most), most).term
