import { square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { E, sum } from '../dsl/terms/statistics.ts'

type Features = Expr<'sample'>

/**
 * The squared distance of the mean features of data and of samples, of any layer of D, which G makes small: D is trained as
 * ever. Salimans et al. 2016, section 3.1.
 *
 * @example minimise(featureMatching(D(x), D(fake)), 'G')
 */
export const featureMatching = <A extends Features, B extends Features>(
  real: A,
  fake: B,
): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('featureMatching', { real, fake })
  return { term: sum(square(sub<Expr, Expr>(E(real), E(fake)))).term }
}
