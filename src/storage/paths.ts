import type { SourceData } from '../dsl/sources/table.ts'
import type { GameSpec } from '../spec/spec.ts'

const inSource = (source: SourceData, change: (path: string) => string): SourceData => {
  switch (source.type) {
    case 'npy':
    case 'csv':
      return { ...source, path: change(source.path) }
    case 'idx':
      return {
        ...source,
        images: change(source.images),
        ...(source.labels !== undefined && { labels: change(source.labels) }),
      }
    default:
      return source
  }
}

/** The same game with every path of a data file changed. */
export const mapPaths = (game: GameSpec, change: (path: string) => string): GameSpec => ({
  ...game,
  sources: Object.fromEntries(Object.entries(game.sources).map(([name, source]) => [name, inSource(source, change)])),
})
