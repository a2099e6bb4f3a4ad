import { rewriteDownTo } from './rewrite.ts'
import type { Term } from './term.ts'
import { identifier } from './termParts.ts'
import { termsDownTo } from './termsDownTo.ts'

/** A term in which a drawn coin makes real and generated samples change places, as flipped labels do. */
export interface Exchange {
  /** How likely the coin chooses. */
  readonly probability: Term
  /** The term where it does, and where it does not. */
  readonly chosen: Term
  readonly otherwise: Term
}

type Select = Extract<Term, { readonly op: 'select' }>

/** Means and pairs have coins of their own; memory is no sample. */
const isOpaque = ({ op }: Term): boolean => op === 'slot' || op === 'E' || op === 'pair' || op === 'maxOverBatch'

/** The first exchange in a term, if any: `isMade` tells generated samples from real ones. */
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

/** The term in which no samples change places. */
export const unexchanged = (root: Term, isMade: (term: Term) => boolean): Term => {
  const exchange = exchangeIn(root, isMade)
  return exchange === undefined ? root : unexchanged(exchange.otherwise, isMade)
}

interface Coin {
  readonly condition: Term
  readonly chance: Term
  /** Whether the first branch has the chance, or the second. */
  readonly isChosen: boolean
}

/** A condition that holds with a chance: the comparison of a uniform number with what is the same for every sample. */
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
