import { checkList } from '../codecs/argument.ts'
import { add } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { l1 } from './errors.ts'

type Sampled = Expr<'sample'>

/** A value, and its reconstruction. */
type Likeness<A, B> = readonly [of: A, again: B]

const both =
  (called: string) =>
  <A extends Sampled, B extends Sampled, C extends Sampled, D extends Sampled>(
    ...pairs: readonly [Likeness<A, B>, Likeness<C, D>]
  ): Expr<'batch', [], UsesOf<A | B | C | D>> => {
    for (const i of [0, 1]) {
      checkList(called, `pair ${i + 1}`, pairs[i], `Write ${called}([x, F(G(x))], [y, G(F(y))]).`)
      const [of, again] = pairs[i] ?? []
      checkOperands(called, { [`pair ${i + 1}[0]`]: of, [`pair ${i + 1}[1]`]: again })
    }
    const [[x, xAgain], [y, yAgain]] = pairs
    return { term: add(l1(xAgain, x), l1(yAgain, y)).term }
  }

/**
 * Cycle consistency: the L1 distances, per element, of x and F(G(x)) and of y and G(F(y)). Zhu et al. 2017, equation 2.
 *
 * @example mul(10, cycleConsistency([x, F(H(x))], [y, H(F(y))]))
 */
export const cycleConsistency = both('cycleConsistency')

/**
 * Identity mapping: the L1 distances, per element, of y and G(y) and of x and F(x), so that a sample already in the target domain
 * stays the same. Zhu et al. 2017, section 5.2.
 *
 * @example mul(5, identityMapping([x, F(x)], [y, H(y)]))
 */
export const identityMapping = both('identityMapping')
