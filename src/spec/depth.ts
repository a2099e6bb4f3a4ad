import * as E from '#fp-ts/Either'
import { isDeeperThan } from '../codecs/depth.ts'
import { type SpecErrors, specError } from '../errors/specError.ts'

/** How deep a spec may nest: deeper than any that is written, and shallow enough for every recursion over it. */
export const maxDepth = 1000

/** The value itself, where it is not nested too deep. */
export const checkDepth = <A>(u: A): E.Either<SpecErrors, A> =>
  isDeeperThan(maxDepth, u)
    ? E.left([
        specError([], {
          expected: `at most ${maxDepth} levels of nesting`,
          found: 'more',
          hint: 'Sum many terms as a tree instead of a chain.',
        }),
      ])
    : E.right(u)
