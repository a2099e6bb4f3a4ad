import { exp, log, mul, neg, stopGradient, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type Level, type UsesOf } from '../dsl/terms/expression.ts'
import { E, max, sum } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'

/**
 * The logarithms of the probabilities that a vector of logits stands for (Bridle 1990), finite at any size: the largest is taken off first.
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
 * The expectation of -log p(label), for logits and labels of one shape; a label is one-hot, or weights that sum to 1. An
 * auxiliary classifier's cost, of D on data and of both players on samples: Odena et al. 2017, equation 3.
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
 * What a label adds to the score of a sample, its embedding times the sample's features: Miyato and Koyama 2018, equation 3.
 * Embed one-hot labels with `dense(n, { bias: false })`, n the length of the features.
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
