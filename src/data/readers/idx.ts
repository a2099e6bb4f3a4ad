import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Idx } from '../../dsl/sources/idx.ts'
import type { DataError } from '../../errors/dataError.ts'
import { type Content, hashContents } from '../content.ts'
import type { Dataset } from '../dataset.ts'
import { toField } from '../fileArray.ts'
import { decodeIdx, idxLayout, ofBytes } from '../idx.ts'
import { toLabels } from '../labels.ts'
import { ofEachClass } from '../perClass.ts'
import { expectArray } from './expectArray.ts'
import { oneField } from './oneField.ts'
import type { Reader } from './reader.ts'

export const readIdx: Reader<Idx> = (source, read) => {
  const images = read(source.images, expectArray(idxLayout, source.shape))
  return source.labels === undefined
    ? pipe(images, TE.flatMapEither(imagesOf(source)))
    : pipe(
        TE.Do,
        TE.apS('images', images),
        TE.apS('labels', read(source.labels, expectArray(idxLayout))),
        TE.flatMapEither(labelledImagesOf(source)),
      )
}

const imagesOf =
  (source: Idx) =>
  (content: Content): E.Either<DataError, Dataset> =>
    pipe(
      decodeIdx(content),
      E.flatMap(source.range === undefined ? E.right : ofBytes(content.path, source.range)),
      E.flatMap(toField(content.path, source.shape, source)),
      E.map(oneField(content)),
    )

const labelledImagesOf =
  (source: Idx) =>
  ({ images, labels }: { readonly images: Content; readonly labels: Content }): E.Either<DataError, Dataset> =>
    pipe(
      E.Do,
      E.bind('dataset', () => imagesOf(source)(images)),
      E.bind('label', ({ dataset }) =>
        pipe(decodeIdx(labels), E.flatMap(toLabels(labels.path, source.classes, dataset.count))),
      ),
      E.map(({ dataset, label }) => ({
        ...dataset,
        fields: { ...dataset.fields, label },
        hash: hashContents([images, labels]),
      })),
      E.flatMap(source.perClass === undefined ? E.right : ofEachClass(labels.path, source.perClass)),
    )
