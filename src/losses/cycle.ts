import { add } from '../dsl/elementwise.ts'
import type { Expr, UsesOf } from '../dsl/expression.ts'
import { l1 } from './errors.ts'

type Sampled = Expr<'sample'>

/** A value, and what is to be like it. */
type Likeness<A, B> = readonly [of: A, again: B]

const both = <A extends Sampled, B extends Sampled, C extends Sampled, D extends Sampled>(
  [x, xAgain]: Likeness<A, B>,
  [y, yAgain]: Likeness<C, D>,
): Expr<'batch', [], UsesOf<A | B | C | D>> => ({ term: add(l1(xAgain, x), l1(yAgain, y)).term })

/**
 * There and back again is where one was: the L1 distances per element of x and F(G(x)), and of y and G(F(y)). Zhu et al. 2017,
 * equation 2.
 *
 * @example mul(10, cycleConsistency([x, F(G(x))], [y, G(F(y))]))
 */
export const cycleConsistency = both

/**
 * What is of the kind already stays as it is: the L1 distances per element of y and G(y), and of x and F(x). Zhu et al. 2017,
 * section 5.2.
 *
 * @example mul(5, identityMapping([x, F(x)], [y, G(y)]))
 */
export const identityMapping = both
