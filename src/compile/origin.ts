import { textInFull } from '../dsl/printing/text.ts'
import { rangedText } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf } from '../dsl/terms/termParts.ts'

/** Parts, each counted as often as it would be written: what repeats itself can be exponentially longer than it is as data. */
const longest = 300

/** Terms as text, for messages; of one whose text would be too long to read, its op. */
export const originOf = (): ((term: Term) => string) => {
  const lengths = new Map<Term, number>()
  const length = (term: Term): number => {
    const known = lengths.get(term)
    if (known !== undefined) return known
    const parts = Object.values(partsOf(term))
    const sum = parts.reduce((total, part) => total + length(part), 1)
    lengths.set(term, sum)
    return sum
  }
  const texts = new Map<Term, string>()
  const written = (term: Term): string => {
    if (term.op === 'ranged') return rangedText(term.kind, written(term.of))
    return length(term) > longest ? `${term.op}(…)` : textInFull(term)
  }
  return (term) => {
    const made = texts.get(term) ?? written(term)
    texts.set(term, made)
    return made
  }
}
