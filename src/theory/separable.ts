import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type Addend, addends, scaled, total, whole } from '../algebra/addends.ts'
import { isPointwise, replace } from '../algebra/pointwise.ts'
import { text } from '../dsl/printing/text.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf, subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { Critic } from './critic.ts'
import { isSameLaw, type Law, type Laws, type Kind as Side } from './law.ts'
import { noTheory } from './noTheory.ts'

/**
 * An objective of the form E_data[a(D)] + E_g[b(D)] + constant, for which D's best reply is decided point by point. The functions a
 * and b are terms of the variable t, which stands for D's value.
 */
export interface Separable {
  readonly a: Term
  readonly b: Term
  readonly constant: number
  /** The penalties, which take gradients of D. They are not part of the form. */
  readonly penalties: readonly Term[]
  /** The addends that do not depend on D. */
  readonly others: readonly Term[]
  /** The laws of D's inputs in the two expectations: data and samples themselves, or mixtures and packs of them. */
  readonly laws: Laws
}

const t: Term = { op: 'variable', name: 't' }

/** Brings an objective into this form, or says why it can't. `sign` -1 turns a cost into a value, and a value into a cost. */
export const separate = (critic: Critic, objective: Term, sign: 1 | -1): E.Either<NoAnswer, Separable> => {
  const parts = addends(objective, sign).map((addend) => ({ addend, kind: kindOf(critic, addend) }))
  const of = (kind: Kind['type']): readonly Addend[] =>
    parts.flatMap((part) => (part.kind.type === kind ? [part.addend] : []))
  const at = (side: Side) =>
    parts.flatMap(({ kind }) => (kind.type === 'pointwise' && kind.at.kind === side ? [kind] : []))
  const side = (of: Side): Term => total(at(of).map(({ term }) => term))
  const lawOf = (of: Side): Law => at(of)[0]?.at ?? critic.laws[of]
  const laws: Laws = { real: lawOf('real'), fake: lawOf('fake') }
  const third = [...at('real'), ...at('fake')].find((each) => !isSameLaw(each.at, laws[each.at.kind]))
  const wrong = parts.flatMap(({ kind }) => (kind.type === 'unknown' ? [kind.reason] : []))[0]
  if (wrong !== undefined) return E.left(wrong)
  if (third !== undefined)
    return E.left(noTheory(`${text(third.term)} uses another mixture of data and samples than the rest`))
  return E.right({
    a: side('real'),
    b: side('fake'),
    laws,
    constant: of('constant').reduce((sum, { coefficient }) => sum + coefficient, 0),
    penalties: of('penalty').map(whole),
    others: of('other').map(whole),
  })
}

type Kind =
  | { readonly type: 'constant' | 'penalty' | 'other' }
  | { readonly type: 'pointwise'; readonly at: Law; readonly term: Term }
  | { readonly type: 'unknown'; readonly reason: NoAnswer }

const kindOf = (critic: Critic, addend: Addend): Kind => {
  if (addend.term === undefined) return { type: 'constant' }
  const term = ofPatches(addend.term)
  const parts = subterms(term)
  if (!parts.some((part) => critic.is(part))) return { type: 'other' }
  if (parts.some((part) => part.op === 'grad')) return { type: 'penalty' }
  return pipe(
    pointOf(critic, term, addend.expected),
    E.match(
      (reason): Kind => ({ type: 'unknown', reason }),
      (at): Kind => ({
        type: 'pointwise',
        at,
        term: scaled({ ...addend, term: replace(term, (part) => (critic.is(part) ? t : undefined)) }),
      }),
    ),
  )
}

/** A patch discriminator scores patches as others score images: the mean over patches is the expectation. */
const ofPatches = (term: Term): Term => (term.op === 'mean' && term.axes === undefined ? term.of : term)

/** The outermost subterms that pass a test, outside of slots. */
const outermost = (root: Term, is: (term: Term) => boolean): readonly Term[] => {
  const found = new Set<Term>()
  const seen = new Set<Term>()
  const visit = (term: Term): void => {
    if (seen.has(term)) return
    seen.add(term)
    if (is(term)) found.add(term)
    else if (term.op !== 'slot') for (const part of Object.values(partsOf(term))) visit(part)
  }
  visit(root)
  return [...found]
}

/** The law of D's input in an addend. Left if the addend uses D at several points. */
const pointOf = (critic: Critic, term: Term, expected: boolean): E.Either<NoAnswer, Law> => {
  // Means inside D's input, as in a view, belong to the distribution and are fine.
  const ofScore = replace(term, (part) => (critic.is(part) ? t : undefined))
  const laws = outermost(term, critic.is).map(critic.lawOf)
  const [law, ...others] = laws
  const parts = termsDownTo(ofScore, ({ op }) => op === 'slot')
  if (!expected || parts.some(({ op }) => op === 'E' || op === 'pair'))
    return E.left(noTheory(`${text(term)} is not a sum of expectations of functions of D at one sample`))
  if (laws.length === 0 || others.some((other) => law === undefined || other === undefined || !isSameLaw(law, other)))
    return E.left(noTheory(`${text(term)} compares D at several samples`))
  if (law === undefined) return E.left(noTheory(`${text(term)} applies D to a third distribution`))
  const stray = parts.find((part) => !isPointwise(part))
  return stray === undefined
    ? E.right(law)
    : E.left(noTheory(`${text(term)} depends on ${strayText(stray)}, not only on D`))
}

const strayText = (stray: Term): string =>
  stray.op === 'slot' ? `the slot ${stray.name}, which D's own scores may change` : text(stray)
