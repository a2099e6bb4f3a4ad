import type { Term } from '../dsl/terms/term.ts'
import { identifier, subterms } from '../dsl/terms/termParts.ts'

type Application = Extract<Term, { readonly op: 'apply' }>

/**
 * Tells the applications of networks in terms apart, as the numbers that their layers draw are: each has the name that it
 * was given, or else its number among those of its network, in the order of the terms. All outputs of one application have
 * one name, and equal applications are one.
 */
export const nameApplications = (...terms: readonly Term[]): ((application: Application) => string) => {
  const identify = identifier()
  const names = new Map<Term, string>()
  const numbers = new Map<string, Map<number, string>>()
  for (const each of terms.flatMap(subterms)) {
    if (each.op !== 'apply') continue
    const { output: _, logits: __, ...same } = each
    const known = numbers.get(each.network) ?? new Map<number, string>()
    numbers.set(each.network, known)
    const id = identify(same)
    const name = each.name ?? known.get(id) ?? `${known.size}`
    known.set(id, name)
    names.set(each, name)
  }
  return (application) => {
    const name = names.get(application)
    if (name === undefined) throw new Error(`broken invariant: an unknown application of ${application.network}`)
    return name
  }
}
