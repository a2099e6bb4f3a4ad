import { at } from '../ir/present.ts'

/** The row of Levenshtein's table below `above`, for the next letter of the other word. */
const below = (above: readonly number[], letter: string, row: number, word: string): readonly number[] => {
  const line = [row + 1]
  for (const [column, other] of [...word].entries()) {
    const replaced = at(above, column) + (letter === other ? 0 : 1)
    line.push(Math.min(replaced, at(above, column + 1) + 1, at(line, column) + 1))
  }
  return line
}

/** Levenshtein 1966: the fewest insertions, deletions and substitutions of a letter that turn one word into the other. */
export const distance = (a: string, b: string): number => {
  const first: readonly number[] = Array.from({ length: [...a].length + 1 }, (_, column) => column)
  return at(
    [...b].reduce((above, letter, row) => below(above, letter, row, a), first),
    [...a].length,
  )
}

/** The word nearest in spelling, if at most a third of the letters differ. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > 40) return undefined
  const lower = word.toLowerCase()
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  return best !== undefined && best.edits <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined
}
