import { add, exp, mul, neg, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { E, sum } from '../dsl/terms/statistics.ts'
import { crossEntropy } from './classification.ts'

type Sampled = Expr<'sample'>

/**
 * A lower bound, up to a constant, of the mutual information between a one-hot code c and the sample G(z, c): E[log Q(c | G(z, c))],
 * from Q's logits. G and Q maximise it. Chen et al. 2016, equation 5.
 *
 * @example minimise(categoricalInformation(logits, label), 'C')
 */
export const categoricalInformation = <A extends Sampled, B extends Sampled>(
  logits: A,
  code: B,
): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('categoricalInformation', { logits, code })
  return { term: neg(crossEntropy(logits, code)).term }
}

/**
 * The same for a continuous code: the mean log density of a Gaussian. Q outputs its mean and, optionally, the log standard deviation
 * of each number of the code. Chen et al. 2016, section 6.
 *
 * @example minimise(continuousInformation(fake, x), 'G')
 */
export const continuousInformation = <A extends Sampled, B extends Sampled, S extends Sampled = never>(
  mean: A,
  code: B,
  logDeviation?: S,
): Expr<'batch', [], UsesOf<A> | UsesOf<B> | UsesOf<S>> => {
  checkOperands('continuousInformation', { mean, code, ...(logDeviation !== undefined && { logDeviation }) })
  const error: Sampled = sub<Sampled, Sampled>(code, mean)
  return { term: E(sum(logDensity(error, logDeviation))).term }
}

/** The log density of a Gaussian at a distance from its mean. */
const logDensity = (error: Sampled, logDeviation?: Sampled): Sampled => {
  const density = (of: Sampled): Sampled => neg(add(mul(0.5, square(of)), Math.log(2 * Math.PI) / 2))
  if (logDeviation === undefined) return density(error)
  return sub<Sampled, Sampled>(density(mul<Sampled, Sampled>(error, exp(neg(logDeviation)))), logDeviation)
}
