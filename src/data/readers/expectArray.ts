import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { DataError } from '../../errors/dataError.ts'
import type { Shape } from '../../ir/program.ts'
import type { Content, Expect } from '../content.ts'
import { checkShape, expectedOf, type Layout } from '../fileArray.ts'

/** Expects an array as long as its header says. Refuses samples of another shape before reading them. */
export const expectArray =
  (layoutOf: (content: Content) => E.Either<DataError, Layout>, shape?: Shape): Expect =>
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
