import * as E from '#fp-ts/Either'
import { curveOf } from '../algebra/evaluateTerm.ts'
import { at } from '../ir/present.ts'
import type { CommonView } from './commonView.ts'
import type { Distribution } from './distribution.ts'
import { givenTo, slopeByGenerated } from './given.ts'
import { optimalDiscriminator, type Reply, through, unknownReply, weighed } from './optimalDiscriminator.ts'
import type { Range } from './range.ts'
import type { Separable } from './separable.ts'

/** A generator against a discriminator: what D maximises and what G minimises, as functions of D's value. */
export interface PointwiseGame {
  readonly discriminator: Separable
  readonly generator: Separable
  /** The values that D can have. */
  readonly range: Range
  /** Whether the generator's cost covers only its samples that D scores highest. */
  readonly ranked: boolean
  /** The view through which D sees both kinds. Distributions are then those after the view. */
  readonly view?: CommonView
}

/** What D maximises, and the values that D can have. */
export type TrainedClassifier = Pick<PointwiseGame, 'discriminator' | 'range'>

/**
 * D's best reply to the data p and the samples q, at each point. If D scores packs, at each pack, ordered by the first sample first. If
 * D sees both through a view, p and q are the distributions after the view.
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
 * V(D*, G): the value of D's best reply. Infinite if it is unbounded, `NaN` if it is unknown.
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
 * The generator's cost against D's best reply, as a function of its distribution; D* changes with it. `undefined` if D* is not unique
 * at some point, or if the cost depends on more than the distribution: on a ranking by D, or on older samples.
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
 * The generator's gradient as in training: the derivative of its cost by each of its probabilities, with D* held fixed, minus their
 * mean (probabilities sum to 1, so only differences matter).
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

/** The generator's cost on each side at each point, with D* there, and the point's probability. */
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
