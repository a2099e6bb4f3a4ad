import { resolve } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { DataError } from '../errors/dataError.ts'
import { type Shape, size } from '../ir/program.ts'
import { type Content, type Expect, hashContents, readContent } from './content.ts'
import { decodeCsv, expectCsv } from './csv.ts'
import type { Dataset, Field } from './dataset.ts'
import { checkShape, expectedOf, type Layout, type ScaledField, toField } from './fileArray.ts'
import type { FileSource } from './fileSource.ts'
import { decodeIdx, idxLayout, ofBytes } from './idx.ts'
import { toLabels } from './labels.ts'
import { decodeNpy, npyLayout } from './npy.ts'
import { ofEachClass } from './perClass.ts'

type Source<T extends FileSource['type']> = Extract<FileSource, { readonly type: T }>

const countOf = ({ shape, values }: Field): number => values.length / size(shape)

const oneField =
  (content: Content) =>
  ({ scale, ...x }: ScaledField): Dataset => ({
    count: countOf(x),
    fields: { x },
    ...(scale !== undefined && { scale }),
    hash: hashContents([content]),
  })

const fromNpy =
  (source: Source<'npy'>) =>
  (content: Content): E.Either<DataError, Dataset> =>
    pipe(decodeNpy(content), E.flatMap(toField(content.path, source.shape, source)), E.map(oneField(content)))

const fromCsv =
  (source: Source<'csv'>) =>
  (content: Content): E.Either<DataError, Dataset> =>
    pipe(decodeCsv(source)(content), E.flatMap(toField(content.path, source.shape, source)), E.map(oneField(content)))

const fromImages =
  (source: Source<'idx'>) =>
  (content: Content): E.Either<DataError, Dataset> =>
    pipe(
      decodeIdx(content),
      E.flatMap(source.range === undefined ? E.right : ofBytes(content.path, source.range)),
      E.flatMap(toField(content.path, source.shape, source)),
      E.map(oneField(content)),
    )

const fromLabelledImages =
  (source: Source<'idx'>) =>
  ({ images, labels }: { readonly images: Content; readonly labels: Content }): E.Either<DataError, Dataset> =>
    pipe(
      E.Do,
      E.bind('dataset', () => fromImages(source)(images)),
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

type ReadLayout = (content: Content) => E.Either<DataError, Layout>

/** An array that has a header: as long as that says. Samples of another shape are refused before they are read. */
const expectArray =
  (layoutOf: ReadLayout, shape?: Shape): Expect =>
  (head) =>
    pipe(
      layoutOf(head),
      E.flatMap((layout) =>
        pipe(
          expectedOf(head.path)(layout),
          E.tap(() => (shape === undefined ? E.right(undefined) : checkShape(head.path, shape)(layout))),
        ),
      ),
    )

/** Reads a source's files whole, of at most 2 GiB each; any of them may be gzip. */
export const openDataset = (source: FileSource, baseDirectory: string): TE.TaskEither<DataError, Dataset> => {
  const read = (path: string, expect: Expect) => readContent(resolve(baseDirectory, path), expect)
  switch (source.type) {
    case 'npy':
      return pipe(read(source.path, expectArray(npyLayout, source.shape)), TE.flatMapEither(fromNpy(source)))
    case 'csv':
      return pipe(read(source.path, expectCsv), TE.flatMapEither(fromCsv(source)))
    case 'idx': {
      const images = read(source.images, expectArray(idxLayout, source.shape))
      return source.labels === undefined
        ? pipe(images, TE.flatMapEither(fromImages(source)))
        : pipe(
            TE.Do,
            TE.apS('images', images),
            TE.apS('labels', read(source.labels, expectArray(idxLayout))),
            TE.flatMapEither(fromLabelledImages(source)),
          )
    }
  }
}
