import type { Term } from '../dsl/terms/term.ts'
import { evaluateTerm } from './evaluateTerm.ts'
import { isConstant } from './pointwise.ts'

/** A part of a sum: coefficient times term, or the coefficient alone. */
export interface Addend {
  readonly coefficient: number
  readonly term: Term | undefined
  /** Whether it stands within an expectation. */
  readonly expected: boolean
}

/** A sum taken apart, also within expectations: signs, constant factors and constants are pulled out. */
export const addends = (term: Term, coefficient: number, expected = false): readonly Addend[] => {
  const constant = constantOf(term)
  if (constant !== undefined) return [{ coefficient: coefficient * constant, term: undefined, expected }]
  switch (term.op) {
    case 'add':
      return [...addends(term.left, coefficient, expected), ...addends(term.right, coefficient, expected)]
    case 'sub':
      return [...addends(term.left, coefficient, expected), ...addends(term.right, -coefficient, expected)]
    case 'neg':
      return addends(term.of, -coefficient, expected)
    case 'mul': {
      const [left, right] = [constantOf(term.left), constantOf(term.right)]
      if (left !== undefined) return addends(term.right, coefficient * left, expected)
      return right === undefined ? [{ coefficient, term, expected }] : addends(term.left, coefficient * right, expected)
    }
    case 'div': {
      const divisor = constantOf(term.right)
      return divisor === undefined
        ? [{ coefficient, term, expected }]
        : addends(term.left, coefficient / divisor, expected)
    }
    case 'E':
      // The mean of a mean over pairs is no mean over samples alone.
      return expected ? [{ coefficient, term, expected }] : addends(term.of, coefficient, true)
    default:
      return [{ coefficient, term, expected }]
  }
}

/** The number that a term without variables is. */
const constantOf = (term: Term): number | undefined =>
  term.op === 'number' ? term.value : isConstant(term) ? evaluateTerm(term, {})[0] : undefined

/** The addend as it stood in the objective. */
export const whole = (addend: Addend): Term =>
  scaled(addend.expected && addend.term !== undefined ? { ...addend, term: { op: 'E', of: addend.term } } : addend)

/** The addend as a term, of one sample where it is expected, as it would be written by hand. */
export const scaled = ({ coefficient, term }: Addend): Term => {
  if (term === undefined || coefficient === 0) return { op: 'number', value: coefficient }
  if (coefficient === 1) return term
  if (coefficient === -1) return { op: 'neg', of: term }
  return { op: 'mul', left: { op: 'number', value: coefficient }, right: term }
}

/** The sum of terms, 0 of none. */
export const total = (terms: readonly Term[]): Term => {
  const [first, ...rest] = terms
  if (first === undefined) return { op: 'number', value: 0 }
  return rest.reduce<Term>((sum, term) => ({ op: 'add', left: sum, right: term }), first)
}
