import { present } from '../../ir/present.ts'
import type { Term } from '../terms/term.ts'
import { partsOf, subterms, type TermId } from '../terms/termParts.ts'

const isMemory = ({ op }: Term): boolean => op === 'slot'

/**
 * The distinct subterms that occur at several places of a formula and print with at least `leastOps` ops, innermost first. Atoms and
 * slots print as one symbol.
 */
export const repeated = (
  root: Term,
  identify: (term: Term) => TermId,
  isAtom: (term: Term) => boolean,
  leastOps: number,
): readonly Term[] => {
  const distinct = new Map(subterms(root).map((term) => [identify(term), term] as const))
  const uses = new Map<TermId, number>()
  for (const term of distinct.values())
    for (const part of Object.values(partsOf(term))) uses.set(identify(part), 1 + (uses.get(identify(part)) ?? 0))
  const ops = new Map<TermId, number>()
  return [...distinct].flatMap(([id, term]) => {
    const written = Object.values(partsOf(term)).reduce(
      (sum, part) => sum + present(ops.get(identify(part)), 'size of a part'),
      1,
    )
    const isOneSymbol = isAtom(term) || isMemory(term)
    const isNamed = !isOneSymbol && written >= leastOps && (uses.get(id) ?? 0) > 1
    ops.set(id, isOneSymbol || isNamed ? 1 : written)
    return isNamed ? [term] : []
  })
}
