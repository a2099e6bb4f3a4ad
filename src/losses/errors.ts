import { abs, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { E, mean } from '../dsl/terms/statistics.ts'

/** A value per sample. */
type Sampled = Expr<'sample'>

/**
 * The L1 distance per element: the expectation of the mean of |a - b|. The reconstruction cost of pix2pix: Isola et al. 2017,
 * equation 3.
 *
 * @example mul(100, l1(fake, x))
 */
export const l1 = <A extends Sampled, B extends Sampled>(a: A, b: B): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('l1', { a, b })
  return { term: E(mean(abs(sub<Sampled, Sampled>(a, b)))).term }
}

/**
 * The squared L2 distance per element: the expectation of the mean of (a - b)^2. The reconstruction cost of an adversarial
 * autoencoder: Makhzani et al. 2016, section 2.
 *
 * @example mul(10, l2(fake, x))
 */
export const l2 = <A extends Sampled, B extends Sampled>(a: A, b: B): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('l2', { a, b })
  return { term: E(mean(square(sub<Sampled, Sampled>(a, b)))).term }
}
