import { checkFunction } from '../codecs/argument.ts'
import { checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { namedWith, pieceOf } from '../dsl/objectives/piece.ts'
import { D, type Uses, x } from '../dsl/objectives/symbols.ts'
import { type View, view, viewed } from '../dsl/objectives/view.ts'
import { add, maximum, minimum, mul, sign, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'
import { t } from '../dsl/terms/variables.ts'

interface Adaptation {
  /** How far the probability moves in each update. The paper uses the batch size over 500,000. */
  readonly rise: number
  /** The target for the mean sign of D on real samples. */
  readonly target?: number
}

const make = (views: (probability: Expr<'batch', [], Uses>) => readonly View[], options: Adaptation): View => {
  const call = 'views.adaptive((probability) => [views.colour({ probability })], {})'
  checkFunction('views.adaptive', 'views', views, `Write ${call.replace('{}', '{ rise: 1e-4 }')}.`)
  checkCoefficients<Adaptation>('views.adaptive', options, { rise: 'required', target: 'optional' }, call)
  const { rise, target = 0.6 } = options
  const made = view((sample, context) => {
    const { shape } = context
    const probability = slot('augmentation', { initial: 0 }, (previous) => {
      const overfit = E(sign(D(viewed(views(previous), x, { shape, draw: 'adaptive' }, 'views.adaptive'))))
      return minimum(1, maximum(0, add(previous, mul(ranged('probability', rise), sign(sub(overfit, target))))))
    })
    return viewed(views(probability), sample, context, 'views.adaptive')
  })
  const pieces = views({ term: t.term }).map(pieceOf)
  const known = pieces.every((piece) => piece !== undefined) ? pieces : undefined
  return namedWith('adaptive', { views: known, rise, target }, made)
}

/** The first argument of `views.adaptive`. */
type Views = (probability: Expr<'batch', [], Uses>) => readonly View[]

/** Reads a stored spec, which holds the views with the variable t as their probability. */
const read = ({ views, ...options }: Adaptation & { readonly views: Views }): View => make(views, options)

/**
 * Views whose probability adapts to how much D overfits. It rises while the mean sign of D on real samples is above `target`, and
 * falls while it is below. It starts at 0, in a slot of each player whose objective contains D. Karras et al. 2020 (ADA),
 * section 3, by r_t.
 *
 * @example
 * views.adaptive((probability) => [views.colour({ probability }), views.cutout({ probability })], {
 *   rise: 64 / 500_000,
 * })
 */
export const adaptive = Object.assign(make, { read })
