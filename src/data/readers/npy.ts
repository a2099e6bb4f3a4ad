import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Npy } from '../../dsl/sources/npy.ts'
import { toField } from '../fileArray.ts'
import { decodeNpy, npyLayout } from '../npy.ts'
import { expectArray } from './expectArray.ts'
import { oneField } from './oneField.ts'
import type { Reader } from './reader.ts'

export const readNpy: Reader<Npy> = (source, read) =>
  pipe(
    read(source.path, expectArray(npyLayout, source.shape)),
    TE.flatMapEither((content) =>
      pipe(decodeNpy(content), E.flatMap(toField(content.path, source.shape, source)), E.map(oneField(content))),
    ),
  )
