import { type Addend, addends } from '../algebra/addends.ts'
import { type Holes, matchTerm, type Renaming } from '../algebra/matchTerm.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'

/** A player's objective, as a pattern or to be matched with one. The player maximises it. */
export type Side = Pick<PlayerSpec, 'goal' | 'objective'>

const partsOf = ({ goal, objective }: Side): readonly Addend[] => addends(objective, goal === 'maximise' ? 1 : -1)

/** An addend of a pattern. Its coefficient may be a hole. */
interface FormAddend extends Addend {
  readonly hole?: string
}

/** The addends of a pattern. A hole that multiplies an addend becomes its coefficient. */
const formPartsOf = (form: Side, holes: readonly string[]): readonly FormAddend[] =>
  partsOf(form).flatMap((addend): readonly FormAddend[] => {
    const { term, coefficient, expected } = addend
    if (term?.op !== 'mul' || term.left.op !== 'variable' || !holes.includes(term.left.name)) return [addend]
    const hole = term.left.name
    return addends(term.right, coefficient, expected).map((part) => ({ ...part, hole }))
  })

/**
 * Matches a whole objective against a pattern, addend by addend in any order, and returns the terms at its holes. Penalties and
 * addends without D may remain.
 */
export const matchObjective = (
  form: Side,
  found: Side,
  holes: readonly string[],
  known: Holes,
  renaming: Renaming,
): Holes | undefined => {
  const place = ([first, ...rest]: readonly FormAddend[], left: readonly Addend[], so: Holes): Holes | undefined => {
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
  return place(formPartsOf(form, holes), partsOf(found), known)
}

const matchAddend = (form: FormAddend, each: Addend, holes: readonly string[], known: Holes, renaming: Renaming) => {
  const so = matchCoefficient(form, each, known)
  if (so === undefined || form.expected !== each.expected) return undefined
  if (form.term === undefined || each.term === undefined) return form.term === each.term ? so : undefined
  return matchTerm(form.term, each.term, holes, so, renaming)
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(a)

/** Solves for a hole in a coefficient. */
const matchCoefficient = ({ coefficient, hole }: FormAddend, each: Addend, known: Holes): Holes | undefined => {
  if (hole === undefined) return near(coefficient, each.coefficient) ? known : undefined
  const value = each.coefficient / coefficient
  const other = known[hole]
  if (other === undefined) return { ...known, [hole]: { op: 'number', value } }
  return other.op === 'number' && near(other.value, value) ? known : undefined
}

/** Whether an addend is a penalty, or does not contain D. */
const isBeside = ({ term }: Addend, { networks }: Renaming): boolean => {
  if (term === undefined) return false
  const parts = subterms(term)
  const isScoreOfD = (part: Term): boolean => part.op === 'apply' && networks[part.network] === 'D'
  return parts.some(({ op }) => op === 'grad') || !parts.some(isScoreOfD)
}
