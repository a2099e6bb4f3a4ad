import { div, equal, mul, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr } from '../dsl/terms/expression.ts'
import { E, pair } from '../dsl/terms/statistics.ts'
import { index } from '../dsl/terms/variables.ts'

/** 1 if the two samples of a pair are different, else 0. */
const isDistinct = sub(1, equal(index, pair(index)))

/**
 * The mean over pairs of two different samples: an unbiased estimate of an expectation over independent pairs. `E(E(...))` is biased,
 * because it also pairs each sample with itself. Needs at least two samples. Hoeffding 1948, section 3.
 *
 * @example meanOverPairs(norm(sub(x, pair(x))))
 */
export const meanOverPairs = <U extends string>(of: Expr<'pair', [], U>): Expr<'batch', [], U> => {
  checkOperands('meanOverPairs', { of })
  return { term: E(div(E(mul(of, isDistinct)), E(isDistinct))).term }
}
