import * as E from '#fp-ts/Either'
import { text } from '../dsl/printing/text.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import { at } from '../ir/present.ts'
import type { Distribution } from './distribution.ts'
import type { Law, Laws } from './law.ts'
import { noTheory } from './noTheory.ts'

/** The distributions of D's inputs. If samples are packed, over packs, ordered by the first sample first. */
interface Given {
  readonly real: Distribution
  readonly fake: Distribution
}

/** The distributions of D's inputs, from data p and samples q after any view. Left if they change over the run. */
export const givenTo = ({ real, fake }: Laws): E.Either<NoAnswer, (p: Distribution, q: Distribution) => Given> => {
  const open = [real, fake].find(({ exchanged: { least, most } }) => least !== most)
  if (open !== undefined)
    return E.left(
      noTheory(`real and generated samples are swapped with probability ${text(open.exchanged.term)}, which changes`),
    )
  return E.right((p, q) => ({ real: mixed(real, p, q), fake: mixed(fake, p, q) }))
}

const mixed = ({ kind, exchanged: { least }, samples }: Law, p: Distribution, q: Distribution): Distribution => {
  const own = packs(kind === 'real' ? p : q, samples)
  const other = packs(kind === 'real' ? q : p, samples)
  return own.map((each, i) => (least === 0 ? each : (1 - least) * each + least * at(other, i)))
}

/** The distribution of packs of independent samples. */
export const packs = (of: Distribution, samples: number): Distribution =>
  Array.from({ length: samples - 1 }).reduce<Distribution>((pack) => pack.flatMap((p) => of.map((q) => p * q)), of)

/** The densities of D's inputs at one point, from those of data and samples, for the least and the greatest swap probability. */
export const mixtures = ({ real, fake }: Laws) => {
  const mixture = ({ kind, exchanged }: Law, end: 'least' | 'most', p: number, q: number): number => {
    const [own, other] = kind === 'real' ? [p, q] : [q, p]
    return (1 - exchanged[end]) * own + exchanged[end] * other
  }
  return (p: number, q: number) =>
    (['least', 'most'] as const).map((end) => ({ real: mixture(real, end, p, q), fake: mixture(fake, end, p, q) }))
}

/**
 * The derivative of the mean cost by each probability of the samples q. `costs` are the costs of D's inputs, which have this law.
 */
export const slopeByGenerated = (
  { kind, exchanged: { least }, samples }: Law,
  q: Distribution,
  costs: readonly number[],
): readonly number[] => {
  const share = kind === 'fake' ? 1 - least : least
  const n = q.length
  const byMember = (member: number): readonly number[] => {
    const slopes = q.map(() => 0)
    costs.forEach((cost, pack) => {
      const points = Array.from({ length: samples }, (_, k) => Math.floor(pack / n ** (samples - 1 - k)) % n)
      const others = points.reduce((product, point, k) => (k === member ? product : product * at(q, point)), 1)
      const point = at(points, member)
      if (others !== 0) slopes[point] = at(slopes, point) + others * cost
    })
    return slopes
  }
  const members = Array.from({ length: samples }, (_, member) => byMember(member))
  return q.map((_, i) => (share === 0 ? 0 : share * members.reduce((sum, each) => sum + at(each, i), 0)))
}
