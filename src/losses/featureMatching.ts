import { square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { E, sum } from '../dsl/terms/statistics.ts'

type Features = Expr<'sample'>

/**
 * Feature matching: the squared distance between the mean features of real and of generated samples, in any layer of D. G minimises
 * it, while D trains as usual. Salimans et al. 2016, section 3.1.
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
