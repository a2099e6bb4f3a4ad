import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf } from '../dsl/terms/termParts.ts'
import { keyOf } from '../ir/key.ts'

/** The terms that fill the holes of a pattern, by hole. */
export type Holes = { readonly [hole: string]: Term }

/** Maps a game's names of networks and sources to those of the pattern. */
export interface Renaming {
  readonly networks: { readonly [name: string]: string }
  readonly sources: { readonly [name: string]: string }
}
const asTheyAre: Renaming = { networks: {}, sources: {} }

/**
 * Matches a term against a pattern, and returns the terms at its holes; `undefined` if the term has another form. A hole is a
 * variable with one of the given names. A hole that occurs twice must match equal terms.
 */
export const matchTerm = (
  form: Term,
  term: Term,
  holes: readonly string[],
  known: Holes = {},
  renaming: Renaming = asTheyAre,
): Holes | undefined => {
  if (form.op === 'variable' && holes.includes(form.name)) {
    const other = Object.hasOwn(known, form.name) ? known[form.name] : undefined
    const identify = identifier()
    if (other === undefined) return { ...known, [form.name]: term }
    return identify(other) === identify(term) ? known : undefined
  }
  if (form.op !== term.op || ownKey(form, asTheyAre) !== ownKey(term, renaming)) return undefined
  const [parts, others] = [partsOf(form), partsOf(term)]
  const names = Object.keys(parts)
  if (names.length !== Object.keys(others).length) return undefined
  return names.reduce<Holes | undefined>((found, name) => {
    const [part, other] = [parts[name], others[name]]
    return found === undefined || part === undefined || other === undefined
      ? undefined
      : matchTerm(part, other, holes, found, renaming)
  }, known)
}

/** A key of a term without its subterms. Ignores which activation reads a network's output and which dropout masks it uses. */
const ownKey = (term: Term, { networks, sources }: Renaming): string => {
  if (term.op === 'apply') return keyOf([networks[term.network] ?? term.network, term.output])
  const own = term.op === 'sample' ? { ...term, source: sources[term.source] ?? term.source } : term
  const parts = new Set(Object.keys(partsOf(term)).map((path) => path.split('.')[0]))
  return keyOf(
    Object.entries(own)
      .filter(([field]) => !parts.has(field))
      .sort(),
  )
}
