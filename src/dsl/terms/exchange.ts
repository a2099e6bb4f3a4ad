import { rewriteDownTo } from './rewrite.ts'
import type { Term } from './term.ts'
import { identifier } from './termParts.ts'
import { termsDownTo } from './termsDownTo.ts'

/** A term in which a random flip swaps real and generated samples, as flipped labels do. */
export interface Exchange {
  /** The probability of the flip. */
  readonly probability: Term
  /** The term with and without the flip. */
  readonly chosen: Term
  readonly otherwise: Term
}

type Select = Extract<Term, { readonly op: 'select' }>

/** Means and pairs have their own flips, and slots are not samples. */
const isOpaque = ({ op }: Term): boolean => op === 'slot' || op === 'E' || op === 'pair' || op === 'maxOverBatch'

/** The first flip in a term, if any. `isMade` distinguishes generated samples from real ones. */
export const exchangeIn = (root: Term, isMade: (term: Term) => boolean): Exchange | undefined => {
  for (const each of termsDownTo(root, isOpaque)) {
    const coin = each.op === 'select' && isMade(each.chosen) !== isMade(each.otherwise) ? coinOf(each) : undefined
    if (coin === undefined) continue
    const [one, other] = [decided(root, coin.condition, 'chosen'), decided(root, coin.condition, 'otherwise')]
    return coin.isChosen
      ? { probability: coin.chance, chosen: one, otherwise: other }
      : { probability: coin.chance, chosen: other, otherwise: one }
  }
  return undefined
}

/** The term without flips. */
export const unexchanged = (root: Term, isMade: (term: Term) => boolean): Term => {
  const exchange = exchangeIn(root, isMade)
  return exchange === undefined ? root : unexchanged(exchange.otherwise, isMade)
}

interface Coin {
  readonly condition: Term
  readonly chance: Term
  /** Whether the probability is that of the first branch or of the second. */
  readonly isChosen: boolean
}

/** A random condition: it compares a uniform number with a value that is equal for all samples. */
const coinOf = ({ condition }: Select): Coin | undefined => {
  if (condition.op !== 'greater') return undefined
  const { left, right } = condition
  if (isUniform(right) && isChance(left)) return { condition, chance: left, isChosen: true }
  return isUniform(left) && isChance(right) ? { condition, chance: right, isChosen: false } : undefined
}

const isUniform = (term: Term): boolean =>
  term.op === 'noise' && term.distribution === 'uniform' && term.shape.length === 0

const isChance = (term: Term): boolean =>
  termsDownTo(term, isOpaque).every(({ op }) => op !== 'sample' && op !== 'noise' && op !== 'apply')

const decided = (root: Term, condition: Term, branch: 'chosen' | 'otherwise'): Term => {
  const identify = identifier()
  const coin = identify(condition)
  return rewriteDownTo(root, isOpaque, (term) =>
    term.op === 'select' && identify(term.condition) === coin ? term[branch] : term,
  )
}
