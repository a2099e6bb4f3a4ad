import { checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Uses } from '../dsl/objectives/symbols.ts'
import { type View, view } from '../dsl/objectives/view.ts'
import { noise } from '../dsl/terms/draw.ts'
import { add, mul } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'

/**
 * Adds normal noise to every real and generated sample, so that their distributions overlap. Lower `std` over the run, for example
 * with `schedules.linear({ from: 0.1 })`. Arjovsky and Bottou 2017, section 3; Sønderby et al. 2017.
 *
 * @example gan({ ...parts, views: [views.instanceNoise({ std: 0.1 })] })
 */
export const instanceNoise = (options: { readonly std: number | Expr<'batch', [], Uses> }): View => {
  checkCoefficients<typeof options>('views.instanceNoise', options, { std: 'required' })
  const std = ranged('deviation', options.std)
  const made = view((sample, { shape, draw }) => add(sample, mul(std, noise('normal', shape, draw))))
  return named('instanceNoise', { std: options.std }, made)
}
