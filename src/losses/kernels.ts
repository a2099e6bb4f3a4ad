import { checkOptions, checkSizes } from '../codecs/argument.ts'
import { add, div, exp, mul, pow } from '../dsl/terms/elementwise.ts'
import { type Expr, scalar } from '../dsl/terms/expression.ts'

/** A kernel k(a, b) of two vectors, as a function of their squared distance. */
export type Kernel = (squaredDistance: Expr) => Expr

const total = (terms: readonly Expr[]): Expr => {
  const [first, ...rest] = terms
  return first === undefined ? scalar(0) : rest.reduce<Expr>((sum, term) => add(sum, term), first)
}

/**
 * The sum of exp(-|a - b|^2 / (2 s^2)) over bandwidths s. Li et al. 2017, section 5.
 *
 * @example squaredMmd(x, fake, gaussianMixture({ bandwidths: [1, 2, 4] }))
 */
export const gaussianMixture = (options: { readonly bandwidths?: readonly number[] } = {}): Kernel => {
  checkOptions<typeof options>('gaussianMixture', options, { bandwidths: 'optional' })
  const { bandwidths = [1, 2, 4, 8, 16] } = options
  checkSizes('gaussianMixture', bandwidths, 'gaussianMixture({ bandwidths: [] })')
  return (distance) => total(bandwidths.map((s) => exp(mul(-1 / (2 * s * s), distance))))
}

/**
 * The sum of (1 + |a - b|^2 / (2 a))^-a over scales a. Binkowski et al. 2018.
 *
 * @example squaredMmd(x, fake, rationalQuadratic({ scales: [0.5, 1, 2] }))
 */
export const rationalQuadratic = (options: { readonly scales?: readonly number[] } = {}): Kernel => {
  checkOptions<typeof options>('rationalQuadratic', options, { scales: 'optional' })
  const { scales = [0.2, 0.5, 1, 2, 5] } = options
  checkSizes('rationalQuadratic', scales, 'rationalQuadratic({ scales: [] })')
  return (distance) => total(scales.map((a) => pow(add(1, div(distance, 2 * a)), -a)))
}
