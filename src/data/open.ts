import { resolve } from 'node:path'
import type * as TE from '#fp-ts/TaskEither'
import type { SourceData } from '../dsl/sources/table.ts'
import type { DataError } from '../errors/dataError.ts'
import { readContent } from './content.ts'
import type { Dataset } from './dataset.ts'
import type { Reader, ReadFile } from './readers/reader.ts'
import * as readers from './readers/readers.ts'

type FileSources = { readonly [T in keyof typeof readers]: Extract<SourceData, { readonly type: T }> }
export type FileSource = FileSources[keyof FileSources]

const table: { readonly [T in keyof FileSources]: Reader<FileSources[T]> } = readers

export const isFileSource = (source: SourceData): source is FileSource => Object.hasOwn(table, source.type)

/** Reads a source's files into memory. Each may have at most 2 GiB, and may be gzip. */
export const openDataset = (source: FileSource, baseDirectory: string): TE.TaskEither<DataError, Dataset> =>
  openOf(source.type, source, (path, expect) => readContent(resolve(baseDirectory, path), expect))

const openOf = <T extends keyof FileSources>(type: T, source: FileSources[T], read: ReadFile) =>
  table[type](source, read)
