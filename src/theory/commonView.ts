import { rewrite } from '../dsl/rewrite.ts'
import type { Term } from '../dsl/term.ts'
import { identifier, partsOf } from '../dsl/termParts.ts'
import { termsDownTo } from '../dsl/termsDownTo.ts'
import { keyOf } from '../ir/key.ts'

/** What is done to data and to generated samples alike before D sees them. */
export interface CommonView {
  /** `blur` adds normal noise. */
  readonly type: 'blur' | 'other'
  /** For each input of D that is seen so, what it is of the variable u. */
  readonly terms: readonly Term[]
}

/** Ops that move numbers and change none, and networks of D's own. */
const moves: ReadonlySet<string> = new Set(['apply', 'reshape', 'transpose', 'concat'])

/**
 * The view in which two applications of D differ by what they are applied to alone. What is done to data alone is part of what
 * the data are.
 */
export const commonView = (real: Term, fake: Term, isMaker: (term: Term) => boolean): CommonView | undefined => {
  const differences = new Map<number, Term>()
  const identify = identifier()
  const ops = new Set<string>()
  const seen = new Set<string>()
  const compare = (one: Term, other: Term): void => {
    const pair = `${identify(one)} ${identify(other)}`
    if (seen.has(pair)) return
    seen.add(pair)
    if (identify(one) === identify(other) || isAlikeNoise(one, other)) return
    const parts = partsOf(other)
    const isSame =
      one.op === other.op && !isMaker(one) && !isMaker(other) && one.op !== 'slot' && ownKey(one) === ownKey(other)
    const names = isSame ? Object.keys(partsOf(one)) : []
    if (names.length === 0 || names.some((name) => parts[name] === undefined)) {
      differences.set(identify(one), one)
      return
    }
    ops.add(one.op)
    for (const [name, part] of Object.entries(partsOf(one))) compare(part, parts[name] ?? part)
  }
  compare(real, fake)
  if ([...ops].every((op) => moves.has(op))) return undefined
  const u: Term = { op: 'variable', name: 'u' }
  const inputs = real.op === 'apply' ? Object.values(real.inputs) : []
  const terms = inputs
    .map((input) => rewrite(input, (part) => (differences.has(identify(part)) ? u : part)))
    .filter((term) => termsDownTo(term, () => false).some((part) => part === u) && term !== u)
  return { type: terms.length > 0 && terms.every(isBlur) ? 'blur' : 'other', terms }
}

const isAlikeNoise = (one: Term, other: Term): boolean =>
  one.op === 'noise' && other.op === 'noise' && keyOf({ ...one, draw: '' }) === keyOf({ ...other, draw: '' })

/** u, or a blurred u with more normal noise upon it. */
const isBlur = (term: Term): boolean => {
  if (term.op === 'variable') return true
  if (term.op !== 'add' || !isBlur(term.left)) return false
  const { right } = term
  return isNormal(right) || (right.op === 'mul' && isNormal(right.right) && isSameForAll(right.left))
}

const isNormal = (term: Term): boolean => term.op === 'noise' && term.distribution === 'normal'
const isSameForAll = (term: Term): boolean =>
  termsDownTo(term, ({ op }) => op === 'slot').every(({ op }) => !['sample', 'noise', 'apply', 'variable'].includes(op))

/** What a term is beside its parts. */
const ownKey = (term: Term): string => {
  if (term.op === 'apply') return keyOf([term.network, term.output])
  const fields = new Set(Object.keys(partsOf(term)).map((path) => path.split('.')[0]))
  return keyOf(
    Object.entries(term)
      .filter(([field]) => !fields.has(field))
      .sort(),
  )
}
