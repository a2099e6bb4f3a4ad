import { exp, log, mul, neg, stopGradient, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type Level, type UsesOf } from '../dsl/terms/expression.ts'
import { E, max, sum } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'

/**
 * The log probabilities of logits (Bridle 1990). Subtracts the largest logit first, so that it stays finite for any logits.
 *
 * @example E(sum(mul(label, logSoftmax(logits))))
 */
export const logSoftmax = <L extends Level, S extends Shape, U extends string>(
  logits: Expr<L, S, U>,
): Expr<L, S, U> => {
  checkOperands('logSoftmax', { logits })
  const shifted: Expr = sub<Expr, Expr>(logits, stopGradient(max(logits)))
  return { term: sub(shifted, log(sum(exp(shifted)))).term }
}

/**
 * The expectation of -log p(label), for logits and labels of the same shape. A label is one-hot, or has weights that sum to 1. The
 * cost of an auxiliary classifier: Odena et al. 2017, equation 3.
 *
 * @example minimise(crossEntropy(logits, label), 'C')
 */
export const crossEntropy = <A extends Expr<'sample'>, B extends Expr<'sample'>>(
  logits: A,
  labels: B,
): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('crossEntropy', { logits, labels })
  return { term: E(neg(sum(mul<Expr<'sample'>, Expr<'sample'>>(labels, logSoftmax(logits))))).term }
}

/**
 * The label's part of a sample's score: the inner product of its embedding and the sample's features. Miyato and Koyama 2018,
 * equation 3. Embed one-hot labels with `dense(n, { bias: false })`, where n is the number of features.
 *
 * @example add(score, projection(features, embed(label)))
 */
export const projection = <A extends Expr<'sample'>, B extends Expr<'sample'>>(
  features: A,
  embedding: B,
): Expr<'sample', [], UsesOf<A> | UsesOf<B>> => {
  checkOperands('projection', { features, embedding })
  return { term: sum(mul<Expr<'sample'>, Expr<'sample'>>(features, embedding)).term }
}
