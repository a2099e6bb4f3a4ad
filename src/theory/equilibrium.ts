import { at } from '../ir/present.ts'
import type { TrainedClassifier } from './criterion.ts'
import { mixtures } from './given.ts'
import { optimalDiscriminator } from './optimalDiscriminator.ts'

/**
 * The value of D's best reply at p_g = p_data. It holds for any distribution, because the value at a point is proportional to p.
 *
 * @example
 * const [pointwiseGame] = pointwiseGamesOf(spec)
 * if (pointwiseGame !== undefined) console.log(valueAtEquilibrium(pointwiseGame)) // -log 4 for the minimax loss
 */
export const valueAtEquilibrium = ({ discriminator, range }: TrainedClassifier): number =>
  optimalDiscriminator(discriminator, range)(1, 1).value + discriminator.constant

/** The threshold of D as a classifier of real and generated samples. */
export interface Threshold {
  readonly value: number
  /** The side of it on which D* is where data are more likely than samples. */
  readonly real: 'above' | 'below'
}

/**
 * D*'s value where a sample is equally likely real or generated; the middle, if that is an interval. `undefined` if D* is unknown or
 * does not depend on which is more likely, as when half of all labels are flipped.
 *
 * @example
 * const [pointwiseGame] = pointwiseGamesOf(spec)
 * if (pointwiseGame !== undefined) console.log(decisionThreshold(pointwiseGame))
 */
export const decisionThreshold = ({ discriminator, range }: TrainedClassifier): Threshold | undefined => {
  const reply = optimalDiscriminator(discriminator, range)
  const numberAt = (real: number, fake: number): number => {
    const { optimum } = reply(real, fake)
    if (optimum.type === 'unique') return optimum.value
    return optimum.type === 'set' ? (optimum.low + optimum.high) / 2 : Number.NaN
  }
  const mixed = mixtures(discriminator.laws)
  const even = numberAt(1, 1)
  const [generated, real] = [mixed(1, 2), mixed(2, 1)]
  const sides = real.map((each, i) => {
    const other = at(generated, i)
    return Math.sign(numberAt(each.real, each.fake) - numberAt(other.real, other.fake))
  })
  const [side = Number.NaN] = sides
  if (!Number.isFinite(even) || Number.isNaN(side) || side === 0) return undefined
  return sides.every((each) => each === side) ? { value: even, real: side > 0 ? 'above' : 'below' } : undefined
}
