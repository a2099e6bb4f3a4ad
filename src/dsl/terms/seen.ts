import * as E from '#fp-ts/Either'
import type { NoAnswer } from '../../errors/noAnswer.ts'
import { noAnswer } from '../../errors/noAnswer.ts'
import { drawsOf, numberedDraws } from './drawNames.ts'
import { exchangeIn } from './exchange.ts'
import { rewriteDownTo } from './rewrite.ts'
import { drawOf } from './sampled.ts'
import type { Term } from './term.ts'
import { identifier } from './termParts.ts'
import { termsDownTo } from './termsDownTo.ts'

/** What a network is given where it is applied, taken apart. */
export interface Seen {
  /** The network applied to one sample of the kind that it is given but for exchanges. Its noise is numbered. */
  readonly own: Term
  /** Where samples change places: the same of the other kind, and with which probability it comes instead. */
  readonly other?: { readonly term: Term; readonly probability: Term }
  /** How many independent samples are given at once. */
  readonly samples: number
  /** Whether a generated sample may be an older one, from a replay buffer. */
  readonly older: boolean
}

/**
 * Reads what `packed`, `replayBuffer` and `flipLabels` do to what a network is given; views are left as they are. Left: why it can't
 * be read. `isMade` tells generated samples from real ones.
 */
export const seenIn = (application: Term, isMade: (term: Term) => boolean): E.Either<NoAnswer, Seen> => {
  const fresh = withoutReplay(application, isMade)
  const exchange = exchangeIn(fresh, isMade)
  const [own, other] = [single(exchange?.otherwise ?? fresh), exchange && single(exchange.chosen)]
  if ([own, other].some((part) => part !== undefined && exchangeIn(part.of, isMade) !== undefined))
    return E.left(unread('is given packs of which some samples change places and others do not'))
  if (other !== undefined && other.samples !== own.samples)
    return E.left(unread('is given packs that change places with packs of another size'))
  if (isCrowd(own.of, isMade))
    return E.left(unread('is given several samples at once that are not independent draws of one kind'))
  return E.right({
    own: own.of,
    samples: own.samples,
    older: fresh !== application,
    ...(exchange !== undefined &&
      other !== undefined && { other: { term: other.of, probability: exchange.probability } }),
  })
}

/** `what` goes on a sentence that begins with the name of the network. */
const unread = (what: string): NoAnswer =>
  noAnswer(what, 'Give the network one sample at a time, or packs of independent samples of one kind.')

/** How many independent samples of one kind a network is given at once. */
export const samplesIn = (application: Term): number => single(application).samples

/** One of the samples of a pack, and how many they are. */
const single = (application: Term): { readonly of: Term; readonly samples: number } => {
  const [[name, pack] = [], ...more] = application.op === 'apply' ? Object.entries(application.inputs) : []
  const parts = more.length === 0 && pack?.op === 'concat' ? pack.parts : []
  const [first] = parts
  const of =
    application.op === 'apply' && name !== undefined && first !== undefined && isPack(parts)
      ? { ...application, inputs: { [name]: first } }
      : application
  return { of: numberedDraws(of, false), samples: of === application ? 1 : parts.length }
}

/** Whether values are independent draws of the same. */
const isPack = (parts: readonly Term[]): boolean => {
  const identify = identifier()
  const [first, ...others] = parts.map((part) => identify(numberedDraws(part, true)))
  const draws = parts.flatMap((part) => [...drawsOf(part)])
  return (
    draws.length > 0 &&
    others.length > 0 &&
    others.every((each) => each === first) &&
    new Set(draws).size === draws.length
  )
}

/** Whether a network is given several samples of one source, or of one generator, at once. */
const isCrowd = (application: Term, isMade: (term: Term) => boolean): boolean => {
  const identify = identifier()
  const isMember = (term: Term): boolean =>
    term.op === 'slot' || (term.op === 'apply' && term !== application && isMade(term))
  const members = termsDownTo(application, isMember).flatMap((term) => {
    if (term.op === 'sample') return [{ of: `source ${term.source}`, member: drawOf(term) }]
    return term.op === 'apply' && isMember(term) ? [{ of: `network ${term.network}`, member: `${identify(term)}` }] : []
  })
  return members.some(({ of, member }) => members.some((other) => other.of === of && other.member !== member))
}

/** The term without what a replay buffer may put in a generated sample's place: what memory holds. */
const withoutReplay = (root: Term, isMade: (term: Term) => boolean): Term =>
  termsDownTo(root, isMemory).some((each) => isRecall(each, isMade))
    ? rewriteDownTo(root, isMemory, (each) => (each.op === 'select' && isRecall(each, isMade) ? each.otherwise : each))
    : root

const isMemory = ({ op }: Term): boolean => op === 'slot'

const isRecall = (term: Term, isMade: (term: Term) => boolean): boolean => {
  if (term.op !== 'select' || !isMade(term.otherwise)) return false
  const parts = termsDownTo(term.chosen, isMemory)
  return parts.some(isMemory) && parts.every(({ op }) => op !== 'sample' && op !== 'apply')
}
