import type { Term } from '../dsl/term.ts'
import { identifier, partsOf } from '../dsl/termParts.ts'
import { keyOf } from '../ir/key.ts'

/** What holes of a form stand for, by name. */
export type Holes = { readonly [hole: string]: Term }

/**
 * What the holes of a pointwise form stand for in a term, where the term has that form; a hole that occurs twice stands for
 * equal terms. A hole is a variable of one of the given names.
 */
export const matchTerm = (form: Term, term: Term, holes: readonly string[], known: Holes = {}): Holes | undefined => {
  if (form.op === 'variable' && holes.includes(form.name)) {
    const other = Object.hasOwn(known, form.name) ? known[form.name] : undefined
    const identify = identifier()
    if (other === undefined) return { ...known, [form.name]: term }
    return identify(other) === identify(term) ? known : undefined
  }
  if (form.op !== term.op) return undefined
  const [parts, others] = [partsOf(form), partsOf(term)]
  const names = Object.keys(parts)
  if (names.length === 0) return keyOf(form) === keyOf(term) ? known : undefined
  return names.reduce<Holes | undefined>((found, name) => {
    const [part, other] = [parts[name], others[name]]
    return found === undefined || part === undefined || other === undefined
      ? undefined
      : matchTerm(part, other, holes, found)
  }, known)
}
