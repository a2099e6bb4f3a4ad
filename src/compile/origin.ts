import { textInFull } from '../dsl/printing/text.ts'
import { rangedText } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf } from '../dsl/terms/termParts.ts'
import type { Origin } from '../ir/origin.ts'

/** Parts, each counted as often as it would be written: what repeats itself can be exponentially longer than it is as data. */
const longest = 300

/** Terms as origins of nodes, as text; of one whose text would be too long to read, its op. */
export const originOf = (player?: string): ((term: Term) => Origin) => {
  const lengths = new Map<Term, number>()
  const length = (term: Term): number => {
    const known = lengths.get(term)
    if (known !== undefined) return known
    const parts = Object.values(partsOf(term))
    const sum = parts.reduce((total, part) => total + length(part), 1)
    lengths.set(term, sum)
    return sum
  }
  const origins = new Map<Term, Origin>()
  const written = (term: Term): string => {
    if (term.op === 'ranged') return rangedText(term.kind, written(term.of))
    return length(term) > longest ? `${term.op}(…)` : textInFull(term)
  }
  const made = (term: Term): Origin => ({
    ...(player !== undefined && { player }),
    of: { type: term.op === 'ranged' ? 'range' : 'expression', text: written(term) },
    derivative: 0,
  })
  return (term) => {
    const origin = origins.get(term) ?? made(term)
    origins.set(term, origin)
    return origin
  }
}
