import type { SourceData } from '../dsl/sources/table.ts'
import type { GameSpec } from '../spec/spec.ts'

/**
 * A game of which each trial has samples of its own: where a source takes a few of each class, trial 1 has the first ones,
 * trial 2 the next ones, and so on.
 */
export const ownSamples = (game: GameSpec, seed: number): GameSpec => ({
  ...game,
  sources: Object.fromEntries(Object.entries(game.sources).map(([name, source]) => [name, own(source, seed)])),
})

const own = (source: SourceData, seed: number): SourceData => {
  if (source.type !== 'idx' || source.perClass === undefined) return source
  const { count, after = 0 } = source.perClass
  return { ...source, perClass: { count, after: after + (seed - 1) * count } }
}
