/** A divergence of two distributions over the same finite set of points, in nats. Infinite if the supports require it. */
export type Divergence = (p: readonly number[], q: readonly number[]) => number

/** Sums a function over the points, and skips points where both probabilities are 0. */
const total =
  (at: (p: number, q: number) => number): Divergence =>
  (p, q) =>
    p.reduce((sum, each, i) => {
      const other = q[i] ?? Number.NaN
      return each === 0 && other === 0 ? sum : sum + at(each, other)
    }, 0)

/**
 * KL(p ‖ q) = sum p log(p / q). Kullback and Leibler 1951.
 *
 * @example divergences.kullbackLeibler([0.5, 0.5], [0.9, 0.1])
 */
export const kullbackLeibler = total((p, q) => (p === 0 ? 0 : p * Math.log(p / q)))
/**
 * KL(q ‖ p). Kullback and Leibler 1951.
 *
 * @example divergences.reverseKullbackLeibler([0.5, 0.5], [0.9, 0.1])
 */
export const reverseKullbackLeibler: Divergence = (p, q) => kullbackLeibler(q, p)
/**
 * The mean of KL(p ‖ m) and KL(q ‖ m), where m = (p + q) / 2. From 0 to log 2. Lin 1991.
 *
 * @example divergences.jensenShannon([0.5, 0.5], [0.9, 0.1])
 */
export const jensenShannon: Divergence = (p, q) => {
  const middle = p.map((each, i) => (each + (q[i] ?? Number.NaN)) / 2)
  return (kullbackLeibler(p, middle) + kullbackLeibler(q, middle)) / 2
}
/**
 * sum (p - q)^2 / q. Pearson 1900.
 *
 * @example divergences.pearson([0.5, 0.5], [0.9, 0.1])
 */
export const pearson = total((p, q) => (p - q) ** 2 / q)
/**
 * sum (p - q)^2 / p. Neyman 1949.
 *
 * @example divergences.neyman([0.5, 0.5], [0.9, 0.1])
 */
export const neyman: Divergence = (p, q) => pearson(q, p)
/**
 * sum (p - q)^2 / (p + q), from 0 to 2. Le Cam 1986.
 *
 * @example divergences.triangular([0.5, 0.5], [0.9, 0.1])
 */
export const triangular = total((p, q) => (p - q) ** 2 / (p + q))
/**
 * Half the sum of |p - q|, from 0 to 1. Gibbs and Su 2002.
 *
 * @example divergences.totalVariation([0.5, 0.5], [0.9, 0.1])
 */
export const totalVariation = total((p, q) => Math.abs(p - q) / 2)
/**
 * Half the sum of (sqrt p - sqrt q)^2, from 0 to 1. Hellinger 1909.
 *
 * @example divergences.squaredHellinger([0.5, 0.5], [0.9, 0.1])
 */
export const squaredHellinger = total((p, q) => (Math.sqrt(p) - Math.sqrt(q)) ** 2 / 2)

/**
 * (sum p^a q^(1 - a) - 1) / (a (a - 1)). Its limits are KL(p ‖ q) at a = 1 and KL(q ‖ p) at a = 0. Cichocki and Amari 2010.
 *
 * @example divergences.alpha(0.5)([0.5, 0.5], [0.9, 0.1])
 */
export const alpha = (a: number): Divergence => {
  if (a === 0) return reverseKullbackLeibler
  if (a === 1) return kullbackLeibler
  const overlap = total((p, q) => p ** a * q ** (1 - a))
  return (p, q) => (overlap(p, q) - 1) / (a * (a - 1))
}
