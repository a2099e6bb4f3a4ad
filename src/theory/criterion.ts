import { at } from '../ir/ops/op.ts'
import { curveOf } from './evaluateTerm.ts'
import { optimalDiscriminator, type Reply, through, weighed } from './optimalDiscriminator.ts'
import type { Range } from './range.ts'
import type { Separable } from './separable.ts'

/** A generator against a discriminator: what D makes great and what G makes small, as functions of D's value. */
export interface Duel {
  readonly discriminator: Separable
  readonly generator: Separable
  /** The values that D can have. */
  readonly range: Range
}

/** A distribution: the probabilities of finitely many points. */
export type Distribution = readonly number[]

/** D's best reply at each point to the data p and the samples q. */
export const bestReplies = ({ discriminator, range }: Pick<Duel, 'discriminator' | 'range'>) => {
  const reply = optimalDiscriminator(discriminator, range)
  return (p: Distribution, q: Distribution): readonly Reply[] => p.map((each, i) => reply(each, at(q, i)))
}

/** V(D*, G): the value of D's best reply. Infinite where it is unbounded, `NaN` where it is not known. */
export const valueAtOptimum = (duel: Pick<Duel, 'discriminator' | 'range'>) => {
  const replies = bestReplies(duel)
  return (p: Distribution, q: Distribution): number =>
    replies(p, q).reduce((sum, { value }) => sum + value, duel.discriminator.constant)
}

/**
 * What the generator pays against D's best reply, as a function of its distribution: D* moves with it. `undefined` where D*
 * is not unique at a point of either distribution, since that decides the cost.
 */
export const generatorCriterion = (duel: Duel) => {
  const cost = costs(duel)
  return (p: Distribution, q: Distribution): number | undefined => {
    const paid = cost(p, q)?.map(({ real, fake }, i) => weighed(at(p, i), real) + weighed(at(q, i), fake))
    return paid?.reduce((sum, each) => sum + each, duel.generator.constant)
  }
}

/**
 * The other reading, and what a generator in training follows: the derivative of its cost by each probability of its own
 * distribution while D* is held fixed, less the mean of these (probabilities sum to 1, so that only differences pull).
 */
export const generatorGradient = (duel: Duel) => {
  const cost = costs(duel)
  return (p: Distribution, q: Distribution): readonly number[] | undefined => {
    const pulls = cost(p, q)?.map(({ fake }) => fake)
    const mean = pulls?.reduce((sum, pull, i) => sum + weighed(at(q, i), pull), 0) ?? Number.NaN
    return pulls?.map((pull) => pull - mean)
  }
}

/** What each side costs the generator at each point, with D* there. */
const costs = ({ discriminator, generator, range }: Duel) => {
  const replies = bestReplies({ discriminator, range })
  const [real, fake] = [curveOf(through(range, generator.a)), curveOf(through(range, generator.b))]
  return (p: Distribution, q: Distribution) => {
    const best = replies(p, q)
    if (best.some(({ optimum }) => optimum.type !== 'unique')) return undefined
    const points = best.map(({ point }) => Math.min(Math.max(point, -1e100), 1e100))
    const [reals, fakes] = [real(points).value, fake(points).value]
    return points.map((_, i) => ({ real: at(reals, i), fake: at(fakes, i) }))
  }
}
