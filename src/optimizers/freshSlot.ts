import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'

/** A slot name that the term does not use yet. */
export const freshSlot = (name: string, term: Term): string => {
  const taken = new Set(subterms(term).flatMap((each) => (each.op === 'slot' ? [each.name] : [])))
  const numbered = (n: number): string => (taken.has(`${name}${n}`) ? numbered(n + 1) : `${name}${n}`)
  return taken.has(name) ? numbered(2) : name
}
