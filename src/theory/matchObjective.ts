import { type Addend, addends } from '../algebra/addends.ts'
import { type Holes, matchTerm, type Renaming } from '../algebra/matchTerm.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'

/** A player's objective as a form, or to be matched with one: what it makes great. */
export type Side = Pick<PlayerSpec, 'goal' | 'objective'>

const partsOf = ({ goal, objective }: Side): readonly Addend[] => addends(objective, goal === 'maximise' ? 1 : -1)

/**
 * What the holes of a form stand for in a whole objective, addend by addend in any order; penalties and what does not judge
 * anything may be left over.
 */
export const matchObjective = (
  form: Side,
  found: Side,
  holes: readonly string[],
  known: Holes,
  renaming: Renaming,
): Holes | undefined => {
  const place = ([first, ...rest]: readonly Addend[], left: readonly Addend[], so: Holes): Holes | undefined => {
    if (first === undefined) return left.every((each) => isBeside(each, renaming)) ? so : undefined
    for (const each of left) {
      const matched = matchAddend(first, each, holes, so, renaming)
      const placed =
        matched &&
        place(
          rest,
          left.filter((other) => other !== each),
          matched,
        )
      if (placed !== undefined) return placed
    }
    return undefined
  }
  return place(partsOf(form), partsOf(found), known)
}

const matchAddend = (form: Addend, each: Addend, holes: readonly string[], known: Holes, renaming: Renaming) => {
  const near = Math.abs(form.coefficient - each.coefficient) <= 1e-12 * Math.abs(form.coefficient)
  if (!near || form.expected !== each.expected) return undefined
  if (form.term === undefined || each.term === undefined) return form.term === each.term ? known : undefined
  return matchTerm(form.term, each.term, holes, known, renaming)
}

/** Whether an addend is a penalty, or nothing that D has a part in. */
const isBeside = ({ term }: Addend, { networks }: Renaming): boolean => {
  if (term === undefined) return false
  const parts = subterms(term)
  const judges = (part: Term): boolean => part.op === 'apply' && networks[part.network] === 'D'
  return parts.some(({ op }) => op === 'grad') || !parts.some(judges)
}
