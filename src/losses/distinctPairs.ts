import { noise } from '../dsl/draw.ts'
import { div, equal, mul, sub } from '../dsl/elementwise.ts'
import type { Expr } from '../dsl/expression.ts'
import { E, pair, sum } from '../dsl/statistics.ts'

/** Two numbers that no other sample of the batch has: of 24 random bits each. */
const self = noise('uniform', [2], 'identity')

/** 1 where the two of a pair are different samples, else 0. */
const apart = sub(1, equal(sum(equal(self, pair(self))), 2))

/**
 * The mean over the pairs of two different samples: the unbiased estimate of an expectation over independent pairs, which
 * `E(E(...))`, where each sample is its own partner too, is not. Of two samples at least. Hoeffding 1948, section 3.
 */
export const meanOverPairs = <U extends string>(of: Expr<'pair', [], U>): Expr<'batch', [], U> => ({
  term: E(div(E(mul(of, apart)), E(apart))).term,
})
