import { noise } from '../dsl/draw.ts'
import { greater, select } from '../dsl/elementwise.ts'
import type { Expr } from '../dsl/expression.ts'
import type { Uses } from '../dsl/symbols.ts'
import type { View } from '../dsl/view.ts'

/** A view of a sample with a probability, else the sample: drawn for each. Karras et al. 2020 (ADA), section 2.2. */
export const sometimes =
  (probability: number | Expr<'batch', [], Uses>, view: View): View =>
  (sample, sight) =>
    select(greater(probability, noise('uniform', [], `${sight.draw}-chance`)), view(sample, sight), sample)
