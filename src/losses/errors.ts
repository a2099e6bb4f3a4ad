import { abs, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { E, mean } from '../dsl/terms/statistics.ts'

/** A value per sample, compared with another of the same shape. */
type Sampled = Expr<'sample'>

/**
 * L1: the expectation of the mean of |a - b| over a value's elements, as a generator pays for missing a paired target.
 * Isola et al. 2017, equation 3, per element.
 *
 * @example mul(100, l1(fake, x))
 */
export const l1 = <A extends Sampled, B extends Sampled>(a: A, b: B): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('l1', { a, b })
  return { term: E(mean(abs(sub<Sampled, Sampled>(a, b)))).term }
}

/**
 * L2: the expectation of the mean of (a - b)^2, as an adversarial autoencoder pays for what it does not give back.
 * Makhzani et al. 2016, section 2 (reconstruction phase), per element.
 *
 * @example mul(10, l2(fake, x))
 */
export const l2 = <A extends Sampled, B extends Sampled>(a: A, b: B): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('l2', { a, b })
  return { term: E(mean(square(sub<Sampled, Sampled>(a, b)))).term }
}
