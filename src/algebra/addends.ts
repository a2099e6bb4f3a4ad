import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { evaluateTerm } from './evaluateTerm.ts'
import { isConstant } from './pointwise.ts'

/** An addend: coefficient times term, or the coefficient alone. */
export interface Addend {
  readonly coefficient: number
  readonly term: Term | undefined
  /** Whether it is inside an expectation. */
  readonly expected: boolean
}

/** An operand of a sum, and how its coefficient follows from that of the sum. */
interface Opened {
  readonly term: Term
  readonly expected: boolean
  readonly scale: (coefficient: number) => number
}

const same = (coefficient: number): number => coefficient
const turned = (coefficient: number): number => -coefficient

/** The operands of a sum; `undefined` if the term is not a sum. */
const opened = (term: Term, expected: boolean): readonly Opened[] | undefined => {
  switch (term.op) {
    case 'add':
      return [
        { term: term.left, expected, scale: same },
        { term: term.right, expected, scale: same },
      ]
    case 'sub':
      return [
        { term: term.left, expected, scale: same },
        { term: term.right, expected, scale: turned },
      ]
    case 'neg':
      return [{ term: term.of, expected, scale: turned }]
    case 'mul': {
      const [left, right] = [constantOf(term.left), constantOf(term.right)]
      if (left !== undefined) return [{ term: term.right, expected, scale: (c) => c * left }]
      return right === undefined ? undefined : [{ term: term.left, expected, scale: (c) => c * right }]
    }
    case 'div': {
      const divisor = constantOf(term.right)
      return divisor === undefined ? undefined : [{ term: term.left, expected, scale: (c) => c / divisor }]
    }
    case 'E':
      // E of an E is a mean over pairs. It can't be split into means over samples.
      return expected ? undefined : [{ term: term.of, expected: true, scale: same }]
    default:
      return undefined
  }
}

/** A sum that expands to more addends than this shares subterms many times. Its equal addends are merged. */
const mostParts = 200

/** Counts the addends of a sum, fully expanded. */
const partsCounter = () => {
  const known = new Map<Term, Map<boolean, number>>()
  const count = (term: Term, expected: boolean): number => {
    const counts = known.get(term) ?? new Map<boolean, number>()
    known.set(term, counts)
    const found =
      counts.get(expected) ?? (opened(term, expected) ?? []).reduce((n, of) => n + count(of.term, of.expected), 0)
    counts.set(expected, found)
    return Math.max(1, found)
  }
  return count
}

/** Splits a term into addends, also inside expectations. Signs and constant factors go into the coefficients. */
export const addends = (term: Term, coefficient: number, expected = false): readonly Addend[] =>
  partsCounter()(term, expected) > mostParts
    ? mergedAddends(term, coefficient, expected)
    : writtenAddends(term, coefficient, expected)

const writtenAddends = (term: Term, coefficient: number, expected: boolean): readonly Addend[] => {
  const constant = constantOf(term)
  if (constant !== undefined) return [{ coefficient: coefficient * constant, term: undefined, expected }]
  const parts = opened(term, expected)
  return parts === undefined
    ? [{ coefficient, term, expected }]
    : parts.flatMap((part) => writtenAddends(part.term, part.scale(coefficient), part.expected))
}

/** The same, but each addend occurs once, however often it is added. Visits terms before their operands. */
const mergedAddends = (root: Term, coefficient: number, expected: boolean): readonly Addend[] => {
  const weights = new Map<Term, Map<boolean, number>>([[root, new Map([[expected, coefficient]])]])
  const found: Addend[] = []
  for (const term of [...subterms(root)].reverse())
    for (const [isExpected, weight] of weights.get(term) ?? []) {
      const constant = constantOf(term)
      const parts = constant === undefined ? opened(term, isExpected) : undefined
      if (constant !== undefined) found.push({ coefficient: weight * constant, term: undefined, expected: isExpected })
      else if (parts === undefined) found.push({ coefficient: weight, term, expected: isExpected })
      for (const part of parts ?? []) {
        const own = weights.get(part.term) ?? new Map<boolean, number>()
        weights.set(part.term, own.set(part.expected, (own.get(part.expected) ?? 0) + part.scale(weight)))
      }
    }
  return found
}

/** The value of a term without variables. */
const constantOf = (term: Term): number | undefined =>
  term.op === 'number' ? term.value : isConstant(term) ? evaluateTerm(term, {})[0] : undefined

/** The addend as a term of the objective. */
export const whole = (addend: Addend): Term =>
  scaled(addend.expected && addend.term !== undefined ? { ...addend, term: { op: 'E', of: addend.term } } : addend)

/** The addend as a term, without its expectation, in the form that a person would write. */
export const scaled = ({ coefficient, term }: Addend): Term => {
  if (term === undefined || coefficient === 0) return { op: 'number', value: coefficient }
  if (coefficient === 1) return term
  if (coefficient === -1) return { op: 'neg', of: term }
  return { op: 'mul', left: { op: 'number', value: coefficient }, right: term }
}

/** The sum of terms; 0 if there are none. */
export const total = (terms: readonly Term[]): Term => {
  const [first, ...rest] = terms
  if (first === undefined) return { op: 'number', value: 0 }
  return rest.reduce<Term>((sum, term) => ({ op: 'add', left: sum, right: term }), first)
}
