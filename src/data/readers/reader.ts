import type * as TE from '#fp-ts/TaskEither'
import type { DataError } from '../../errors/dataError.ts'
import type { Content, Expect } from '../content.ts'
import type { Dataset } from '../dataset.ts'

/** Reads one file of a source, of at most 2 GiB, perhaps gzip. `expect` may refuse it by its first bytes. */
export type ReadFile = (path: string, expect: Expect) => TE.TaskEither<DataError, Content>

/** Makes a dataset of the files of one kind of source. */
export type Reader<S> = (source: S, read: ReadFile) => TE.TaskEither<DataError, Dataset>
