import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf, subterms, type TermId } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { keyOf } from '../ir/key.ts'

/** A transformation that is applied equally to real and to generated samples before D sees them. */
export interface CommonView {
  /** `blur` adds normal noise. */
  readonly type: 'blur' | 'other'
  /** For each transformed input of D, its term in the variable u. */
  readonly terms: readonly Term[]
  /** The untransformed samples: u for each kind, if there is only one. */
  readonly seen?: Difference
}

/** Where D's application to data differs from that to generated samples. */
interface Difference {
  readonly real: Term
  readonly fake: Term
}

/** Ops that only move numbers, and applications of networks. */
const moves: ReadonlySet<string> = new Set(['apply', 'reshape', 'transpose', 'concat'])

/**
 * Finds the view that two applications of D share: the applications differ only in the sample inside it. A transformation of data
 * alone counts as part of the data. A network trained by D's player is part of D; one trained by another player is a view.
 */
export const commonView = (
  real: Term,
  fake: Term,
  isMaker: (term: Term) => boolean,
  isOwn: (network: string) => boolean,
): CommonView | undefined => {
  const identify = identifier()
  const { differences, above } = compared(real, fake, isMaker, identify)
  if (above.every((term) => moves.has(term.op) && (term.op !== 'apply' || isOwn(term.network)))) return undefined
  const u: Term = { op: 'variable', name: 'u' }
  const terms = Object.values(real.op === 'apply' ? real.inputs : {})
    .map((input) => rewrite(input, (part) => (differences.has(identify(part)) ? u : part)))
    .filter((term) => term !== u && subterms(term).includes(u))
  const [seen, ...more] = differences.values()
  const type = terms.length > 0 && terms.every(isBlur) ? 'blur' : 'other'
  return { type, terms, ...(seen !== undefined && more.length === 0 && { seen }) }
}

/** The differences between two terms, keyed by the subterm of the first, and the terms above these subterms. */
const compared = (
  real: Term,
  fake: Term,
  isMaker: (term: Term) => boolean,
  identify: (term: Term) => TermId,
): { readonly differences: ReadonlyMap<TermId, Difference>; readonly above: readonly Term[] } => {
  const [differences, above, done] = [new Map<TermId, Difference>(), [] as Term[], new Set<string>()]
  const compare = (one: Term, other: Term): void => {
    const [id, otherId] = [identify(one), identify(other)]
    if (id === otherId || done.has(`${id} ${otherId}`)) return
    done.add(`${id} ${otherId}`)
    const [parts, others] = [Object.entries(partsOf(one)), partsOf(other)]
    const isWhole = isMaker(one) || isMaker(other) || one.op === 'slot' || ownKey(one) !== ownKey(other)
    if (isWhole || parts.length === 0 || parts.some(([name]) => others[name] === undefined)) {
      if (!isSameNoise(one, other)) differences.set(id, { real: one, fake: other })
      return
    }
    above.push(one)
    for (const [name, part] of parts) compare(part, others[name] ?? part)
  }
  compare(real, fake)
  return { differences, above }
}

const isSameNoise = (one: Term, other: Term): boolean =>
  one.op === 'noise' && other.op === 'noise' && keyOf({ ...one, draw: '' }) === keyOf({ ...other, draw: '' })

/** Whether a term is u plus any number of normal noises. */
const isBlur = (term: Term): boolean => {
  if (term.op === 'variable') return true
  if (term.op !== 'add' || !isBlur(term.left)) return false
  const { right } = term
  return isNormal(right) || (right.op === 'mul' && isNormal(right.right) && isSameForAll(right.left))
}

const isNormal = (term: Term): boolean => term.op === 'noise' && term.distribution === 'normal'

const varying: ReadonlySet<string> = new Set(['sample', 'noise', 'apply', 'variable'])
const isSameForAll = (term: Term): boolean =>
  termsDownTo(term, ({ op }) => op === 'slot').every(({ op }) => !varying.has(op))

/** A key of a term without its subterms. */
const ownKey = (term: Term): string => {
  if (term.op === 'apply') return keyOf([term.op, term.network, term.output])
  const fields = new Set(Object.keys(partsOf(term)).map((path) => path.split('.')[0]))
  return keyOf(
    Object.entries(term)
      .filter(([field]) => !fields.has(field))
      .sort(),
  )
}
