import * as E from '#fp-ts/Either'
import { rolesOf } from '../compile/roles.ts'
import type { SourceData } from '../dsl/sources/table.ts'
import type { GameSpec } from '../dsl/spec.ts'
import type { Term } from '../dsl/term.ts'

type Interval = readonly [number, number]

const ofSource = (source: SourceData | undefined): Interval | undefined =>
  source?.type === 'idx' ? (source.range ?? [0, 255]) : undefined

/** Between which numbers the values of a term lie that is made of images of a file; unknown where more goes into it. */
const interval = (term: Term, sources: GameSpec['sources']): Interval | undefined => {
  const both = (left: Term, right: Term, make: (a: Interval, b: Interval) => readonly number[]) => {
    const [a, b] = [interval(left, sources), interval(right, sources)]
    if (a === undefined || b === undefined) return undefined
    const ends = make(a, b)
    return [Math.min(...ends), Math.max(...ends)] as const
  }
  switch (term.op) {
    case 'sample':
      return term.field === 'x' ? ofSource(sources[term.source]) : undefined
    case 'number':
      return [term.value, term.value]
    case 'pad': {
      const [low, high] = interval(term.of, sources) ?? []
      return low === undefined || high === undefined ? undefined : [Math.min(low, 0), Math.max(high, 0)]
    }
    case 'add':
      return both(term.left, term.right, ([a, b], [c, d]) => [a + c, b + d])
    case 'sub':
      return both(term.left, term.right, ([a, b], [c, d]) => [a - d, b - c])
    case 'mul':
      return both(term.left, term.right, ([a, b], [c, d]) => [a * c, a * d, b * c, b * d])
    default:
      return undefined
  }
}

/**
 * The values of black and white in what a game generates: those between which its critic sees the images of a file, or where
 * it sees more than them, as noise, those of the file. Unknown where no file says them.
 */
export const imageRange = (game: GameSpec): Interval | undefined => {
  const roles = rolesOf({ game })
  if (E.isLeft(roles))
    return Object.values(game.sources)
      .map(ofSource)
      .find((range) => range !== undefined)
  const { real, realScore } = roles.right
  const seen = Object.values(realScore.inputs).map((input) => interval(input, game.sources))
  return seen.find((range) => range !== undefined) ?? ofSource(game.sources[real.source])
}
