import { checkList } from '../../codecs/argument.ts'
import { type Expr, toTerm } from './expression.ts'
import type { Term } from './term.ts'

/** The terms of a list of expressions, which `called` was given as `parts`. */
export const termsOf = (called: string, parts: readonly Expr[], hint: string): readonly Term[] => {
  checkList(called, 'parts', parts, hint)
  return parts.map((part, i) => toTerm(part, called, `parts[${i}]`))
}
