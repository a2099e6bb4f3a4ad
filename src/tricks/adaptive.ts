import { add, maximum, minimum, mul, sign, sub } from '../dsl/elementwise.ts'
import type { Expr } from '../dsl/expression.ts'
import { slot } from '../dsl/memory.ts'
import { E } from '../dsl/statistics.ts'
import { D, type Uses, x } from '../dsl/symbols.ts'
import type { Sample, Sight, View } from '../dsl/view.ts'
import { sometimes } from './sometimes.ts'

interface Adaptation {
  /** How far the probability moves in an update: the batch over 500 000 samples, in the paper. */
  readonly rise: number
  /** The mean sign of D on data that is aimed at. */
  readonly target?: number
}

/** Each view with the probability, drawn for each of them. */
const each = (
  views: readonly View[],
  probability: Expr<'batch', [], Uses>,
  sample: Sample,
  { shape, draw }: Sight,
): Sample =>
  views.reduce<Sample>(
    (seen, view, i) => sometimes(probability, view)(seen, { shape, draw: `${draw}-${i + 1}` }),
    sample,
  )

/**
 * Each view with a probability that adapts to how much D overfits: it rises while the mean sign of D on real samples, as D
 * sees them, is above `target`, and falls while it is below. A slot of each player whose objective mentions D holds it, from 0
 * on. Karras et al. 2020 (ADA), section 3, r_t.
 */
export const adaptive =
  (views: readonly View[], { rise, target = 0.6 }: Adaptation): View =>
  (sample, sight) => {
    const probability = slot('augmentation', { initial: 0 }, (previous) => {
      const overfit = E(sign(D(each(views, previous, x, { shape: sight.shape, draw: 'adaptive' }))))
      return minimum(1, maximum(0, add(previous, mul(rise, sign(sub(overfit, target))))))
    })
    return each(views, probability, sample, sight)
  }
