import { type SourceData, sourceKind } from '../dsl/sources/table.ts'
import type { GameSpec } from '../spec/spec.ts'

const inSource = (source: SourceData, change: (path: string) => string): SourceData => {
  const { supply } = sourceKind.definitionOf(source)
  if (supply.type !== 'file') return source
  const paths: ReadonlySet<string> = new Set(supply.paths)
  const changed = Object.entries<unknown>({ ...source }).flatMap(([field, value]) =>
    paths.has(field) && typeof value === 'string' ? [[field, change(value)] as const] : [],
  )
  return { ...source, ...Object.fromEntries(changed) }
}

/** The same game with every path of a data file changed. */
export const mapPaths = (game: GameSpec, change: (path: string) => string): GameSpec => ({
  ...game,
  sources: Object.fromEntries(Object.entries(game.sources).map(([name, source]) => [name, inSource(source, change)])),
})
