import * as E from '#fp-ts/Either'
import { isDeeperThan } from '../codecs/depth.ts'
import { type SpecErrors, specError } from '../errors/specError.ts'

/** The deepest nesting of a spec: deeper than people write, and shallow enough for recursion. */
export const maxDepth = 1000

/** Refuses a value that is nested too deeply. */
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
