import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Csv } from '../../dsl/sources/csv.ts'
import { decodeCsv, expectCsv } from '../csv.ts'
import { toField } from '../fileArray.ts'
import { oneField } from './oneField.ts'
import type { Reader } from './reader.ts'

export const readCsv: Reader<Csv> = (source, read) =>
  pipe(
    read(source.path, expectCsv),
    TE.flatMapEither((content) =>
      pipe(
        decodeCsv(source)(content),
        E.flatMap(toField(content.path, source.shape, source)),
        E.map(oneField(content)),
      ),
    ),
  )
