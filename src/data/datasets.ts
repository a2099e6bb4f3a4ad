import { pipe } from '#fp-ts/function'
import * as A from '#fp-ts/ReadonlyArray'
import * as TE from '#fp-ts/TaskEither'
import type { Scale } from '../dsl/sources/scale.ts'
import type { Batch, Generate } from '../dsl/sources/source.ts'
import type { SourceData } from '../dsl/sources/table.ts'
import { sourceKind } from '../dsl/sources/table.ts'
import type { DataError } from '../errors/dataError.ts'
import type { GameSpec } from '../spec/spec.ts'

/** The samples of a source, in memory. */
export interface Rows {
  readonly count: number
  readonly fields: Batch
  /** The SHA-256, in hex, of the files' content. Absent if the spec itself holds the rows. */
  readonly hash?: string
  /** How the numbers of the file were scaled to `x`, if they were. */
  readonly scale?: Scale
}

/** Where samples come from: a formula of random numbers, or rows. */
export type DataSource =
  | { readonly type: 'generate'; readonly generate: Generate }
  | { readonly type: 'rows'; readonly rows: Rows }

export type DataSources = { readonly [source: string]: DataSource }

/** Reads the files of a source. */
export type OpenFiles = (source: SourceData) => TE.TaskEither<DataError, Rows>

/** For games without files, as in a browser. */
export const noFiles: OpenFiles = (source) =>
  TE.left({
    type: 'DataError',
    place: { type: 'part', name: source.type },
    message: 'only saddlepoint/node can read files',
    hint: 'Pass openFiles of saddlepoint/node to train, or give the data as a tensor.',
  })

const dataSourceOf = <S extends SourceData>(name: string, source: S, batch: number, open: OpenFiles) => {
  const { supply } = sourceKind.definitionOf(source)
  if (supply.type === 'generate')
    return TE.of<DataError, DataSource>({ type: 'generate', generate: supply.generate(source) })
  return pipe(
    supply.type === 'memory' ? TE.of<DataError, Rows>(supply.rows(source)) : open(source),
    TE.filterOrElse(
      ({ count }) => count >= batch,
      ({ count }) => tooFew(name, count, batch),
    ),
    TE.map((rows): DataSource => ({ type: 'rows', rows })),
  )
}

const tooFew = (name: string, count: number, batch: number): DataError => ({
  type: 'DataError',
  place: { type: 'spec', path: ['sources', name] },
  message: `expected at least a batch of ${batch} samples, found ${count}`,
  hint: 'Lower batch, or give more data.',
})

/** Opens every source of a game. */
export const openSources = (
  { sources, batch }: Pick<GameSpec, 'sources' | 'batch'>,
  open: OpenFiles,
): TE.TaskEither<DataError, DataSources> =>
  pipe(
    Object.entries(sources),
    A.map(([name, source]) =>
      pipe(
        dataSourceOf(name, source, batch, open),
        TE.map((dataSource) => [name, dataSource] as const),
      ),
    ),
    TE.sequenceSeqArray,
    TE.map((dataSources) => Object.fromEntries(dataSources)),
  )
