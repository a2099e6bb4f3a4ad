import { present } from '../../ir/present.ts'
import type { Term } from '../terms/term.ts'
import { partsOf, subterms, type TermId } from '../terms/termParts.ts'

const isMemory = ({ op }: Term): boolean => op === 'slot'

/**
 * The terms that stand at several places of a formula and have at least so many ops as they are written, parts first, one of
 * each that are equal. What is an atom is written as one symbol; so is memory, whose update is written once beside the formula.
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
