import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf, subterms, type TermId } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { keyOf } from '../ir/key.ts'

/** What is done to data and to generated samples alike before D sees them. */
export interface CommonView {
  /** `blur` adds normal noise. */
  readonly type: 'blur' | 'other'
  /** For each input of D that is seen so, what it is of the variable u. */
  readonly terms: readonly Term[]
  /** What is seen so: u for each kind, where it is one sample. */
  readonly seen?: Difference
}

/** Where an application to data differs from one to generated samples. */
interface Difference {
  readonly real: Term
  readonly fake: Term
}

/** Ops that move numbers and change none, and networks. */
const moves: ReadonlySet<string> = new Set(['apply', 'reshape', 'transpose', 'concat'])

/**
 * The view in which two applications of D differ by what they are applied to alone. What is done to data alone is part of what
 * the data are. A network that D's player trains is part of D; one that another trains is a view.
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

/** Where two terms differ, by the part of the first, and the terms that stand above those parts in both. */
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

/** u, or a blurred u with more normal noise upon it. */
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

/** What a term is beside its parts. */
const ownKey = (term: Term): string => {
  if (term.op === 'apply') return keyOf([term.op, term.network, term.output])
  const fields = new Set(Object.keys(partsOf(term)).map((path) => path.split('.')[0]))
  return keyOf(
    Object.entries(term)
      .filter(([field]) => !fields.has(field))
      .sort(),
  )
}
