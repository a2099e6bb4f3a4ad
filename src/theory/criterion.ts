import * as E from '#fp-ts/Either'
import { curveOf } from '../algebra/evaluateTerm.ts'
import { at } from '../ir/present.ts'
import type { CommonView } from './commonView.ts'
import type { Distribution } from './distribution.ts'
import { givenTo, slopeByGenerated } from './given.ts'
import { optimalDiscriminator, type Reply, through, unknownReply, weighed } from './optimalDiscriminator.ts'
import type { Range } from './range.ts'
import type { Separable } from './separable.ts'

/** A generator against a discriminator: what D makes great and what G makes small, as functions of D's value. */
export interface PointwiseGame {
  readonly discriminator: Separable
  readonly generator: Separable
  /** The values that D can have. */
  readonly range: Range
  /** Whether the generator pays for those of its samples alone that D ranks highest. */
  readonly ranked: boolean
  /** How D sees both kinds: data and samples are those that it shows. */
  readonly view?: CommonView
}

/** What D makes great, and the values that it can have. */
export type TrainedClassifier = Pick<PointwiseGame, 'discriminator' | 'range'>

/**
 * D's best reply to the data p and the samples q, at each point that D may be given: where it judges packs, at each pack, the first
 * sample counting most in the order. Where D sees both through a view, p and q are those that it shows.
 */
export const bestReplies = ({ discriminator, range }: TrainedClassifier) => {
  const reply = optimalDiscriminator(discriminator, range)
  const given = givenTo(discriminator.laws)
  return (p: Distribution, q: Distribution): readonly Reply[] => {
    if (E.isLeft(given)) return p.map(() => unknownReply(given.left.message))
    const { real, fake } = given.right(p, q)
    return real.map((each, i) => reply(each, at(fake, i)))
  }
}

/**
 * V(D*, G): the value of D's best reply. Infinite where it is unbounded, `NaN` where it is not known.
 *
 * @example
 * const [pointwiseGame] = pointwiseGamesOf(spec)
 * if (pointwiseGame !== undefined) console.log(valueAtOptimum(pointwiseGame)([0.5, 0.5], [0.9, 0.1]))
 */
export const valueAtOptimum = (classifier: TrainedClassifier) => {
  const replies = bestReplies(classifier)
  return (p: Distribution, q: Distribution): number =>
    replies(p, q).reduce((sum, { value }) => sum + value, classifier.discriminator.constant)
}

/**
 * What the generator pays against D's best reply, as a function of its distribution: D* moves with it. `undefined` where D*
 * is not unique at a point of either distribution, since that decides the cost, and where more than the distribution does: a
 * ranking by D, or older samples.
 *
 * @example
 * const [pointwiseGame] = pointwiseGamesOf(spec)
 * if (pointwiseGame !== undefined) console.log(generatorCriterion(pointwiseGame)([0.5, 0.5], [0.9, 0.1]))
 */
export const generatorCriterion = (pointwiseGame: PointwiseGame) => {
  const cost = costs(pointwiseGame)
  return (p: Distribution, q: Distribution): number | undefined => {
    const paid = cost(p, q)
    return paid?.at.reduce(
      (sum, { real, fake }, i) => sum + weighed(at(paid.given.real, i), real) + weighed(at(paid.given.fake, i), fake),
      pointwiseGame.generator.constant,
    )
  }
}

/**
 * The other reading, and what a generator in training follows: the derivative of its cost by each probability of its own
 * distribution while D* is held fixed, less the mean of these (probabilities sum to 1, so that only differences pull).
 *
 * @example
 * const [pointwiseGame] = pointwiseGamesOf(spec)
 * if (pointwiseGame !== undefined) console.log(generatorGradient(pointwiseGame)([0.5, 0.5], [0.9, 0.1]))
 */
export const generatorGradient = (pointwiseGame: PointwiseGame) => {
  const cost = costs(pointwiseGame)
  const { real, fake } = pointwiseGame.generator.laws
  return (p: Distribution, q: Distribution): readonly number[] | undefined => {
    const paid = cost(p, q)?.at
    if (paid === undefined) return undefined
    const bySides = [
      slopeByGenerated(
        real,
        q,
        paid.map((each) => each.real),
      ),
      slopeByGenerated(
        fake,
        q,
        paid.map((each) => each.fake),
      ),
    ]
    const pulls = q.map((_, i) => bySides.reduce((sum, slopes) => sum + at(slopes, i), 0))
    const mean = pulls.reduce((sum, pull, i) => sum + weighed(at(q, i), pull), 0)
    return pulls.map((pull) => pull - mean)
  }
}

/** What each side costs the generator at each point that D is given, with D* there, and how likely it is given. */
const costs = ({ discriminator, generator, range, ranked }: PointwiseGame) => {
  const replies = bestReplies({ discriminator, range })
  const given = givenTo(generator.laws)
  const isOlder = [discriminator, generator].some(({ laws }) => laws.real.older || laws.fake.older)
  const [real, fake] = [curveOf(through(range, generator.a)), curveOf(through(range, generator.b))]
  return (p: Distribution, q: Distribution) => {
    const best = replies(p, q)
    if (ranked || isOlder || E.isLeft(given) || best.some(({ optimum }) => optimum.type !== 'unique')) return undefined
    const points = best.map(({ point }) => Math.min(Math.max(point, -1e100), 1e100))
    const [reals, fakes] = [real(points).value, fake(points).value]
    return { given: given.right(p, q), at: points.map((_, i) => ({ real: at(reals, i), fake: at(fakes, i) })) }
  }
}
