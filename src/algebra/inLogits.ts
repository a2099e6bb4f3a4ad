import { add, exp, expm1, log, mul, neg, pow, sigmoid, softplus, sub } from '../dsl/terms/elementwise.ts'
import { type Expr, scalar } from '../dsl/terms/expression.ts'
import { replace } from './pointwise.ts'
import { type Base, exponentOf, type PowerSum } from './powerSum.ts'

type Product = PowerSum[number]

/**
 * Rewrites a function of t as an expression of v = log t, so that it does not overflow. A power of t becomes the exponential of a
 * multiple of v; the logarithm of a positive sum becomes softplus.
 */
export const inLogits = (sum: PowerSum, v: Expr): Expr => {
  const paired = pairs(sum)
  const parts = [
    ...paired.sigmoids.map((c): Part => ({ coefficient: c, of: log(sigmoid(v)) })),
    ...paired.shifted.map(({ coefficient, exponent }): Part => ({ coefficient, of: expm1(multiple(exponent, v)) })),
    ...paired.rest.map((product): Part => ({ coefficient: product.coefficient, of: factors(product, v) })),
  ]
  return added(parts)
}

interface Part {
  readonly coefficient: number
  /** `undefined` for a number. */
  readonly of: Expr | undefined
}

const added = (parts: readonly Part[]): Expr => {
  // Positive parts first: a sum should not start with a minus.
  const [first, ...rest] = [...parts].sort((a, b) => Number(b.coefficient > 0) - Number(a.coefficient > 0))
  if (first === undefined) return scalar(0)
  const written = ({ coefficient, of }: Part): Expr =>
    of === undefined ? scalar(coefficient) : multiple(coefficient, of)
  return rest.reduce<Expr>(
    (sum, part) =>
      part.coefficient < 0 ? sub(sum, written({ ...part, coefficient: -part.coefficient })) : add(sum, written(part)),
    written(first),
  )
}

const multiple = (coefficient: number, of: Expr): Expr => {
  if (coefficient === 1) return of
  if (coefficient < 0) return neg(multiple(-coefficient, of))
  return mul(coefficient, of)
}

/** Writes c log t - c log(1 + t) as c log sigmoid(v), and c t^k - c as c expm1(k v). Both stay exact where the terms nearly cancel. */
const pairs = (sum: PowerSum) => {
  const logT = sum.find((each) => onlyPower(each)?.type === 'log' && isT(onlyPower(each)))
  const logRest = sum.find((each) => isOnePlusT(logged(onlyPower(each))))
  const both = logT !== undefined && logRest !== undefined && cancel(logT, logRest)
  const others = both ? sum.filter((each) => each !== logT && each !== logRest) : sum
  const constant = others.find(({ powers }) => Object.keys(powers).length === 0)
  const power = others.find(
    (each) =>
      exponentOf(each) !== 0 &&
      Object.keys(each.powers).length === 1 &&
      constant !== undefined &&
      cancel(each, constant),
  )
  return {
    sigmoids: both ? [logT.coefficient] : [],
    shifted: power === undefined ? [] : [{ coefficient: power.coefficient, exponent: exponentOf(power) }],
    rest: power === undefined ? others : others.filter((each) => each !== power && each !== constant),
  }
}

/** Whether two coefficients add up to 0, within rounding. */
const cancel = (a: Product, b: Product): boolean =>
  Math.abs(a.coefficient + b.coefficient) <= 1e-14 * Math.abs(a.coefficient)

/** The base of a product that is a single first power. */
const onlyPower = ({ powers }: Product): Base | undefined => {
  const [power, ...more] = Object.values(powers)
  return more.length === 0 && power?.exponent === 1 ? power.base : undefined
}
const logged = (base: Base | undefined): PowerSum => (base?.type === 'log' ? base.of : [])
const isT = (base: Base | undefined): boolean => {
  const [only, ...more] = logged(base)
  return only !== undefined && more.length === 0 && exponentOf(only) === 1 && Object.keys(only.powers).length === 1
}
const isOnePlusT = (sum: PowerSum): boolean =>
  sum.length === 2 &&
  sum.every((each) => each.coefficient === 1 && isPlain(each)) &&
  sum.map(exponentOf).sort().join() === '0,1'

/** Whether a product is a number times a power of t. */
const isPlain = ({ powers }: Product): boolean => Object.values(powers).every(({ base }) => base.type === 't')
const isPositive = (sum: PowerSum): boolean => sum.every((each) => each.coefficient > 0 && isPlain(each))

/** A product without its coefficient: one exponential for all powers of positive bases, times the other factors. */
const factors = (product: Product, v: Expr): Expr | undefined => {
  const powers = Object.values(product.powers)
  const k = exponentOf(product)
  const sums = powers.flatMap(({ base, exponent }) =>
    base.type === 'sum' && isPositive(base.of) ? [{ of: base.of, exponent }] : [],
  )
  const others = powers.flatMap(({ base, exponent }) =>
    base.type === 't' || (base.type === 'sum' && isPositive(base.of)) ? [] : [toThe(function_(base, v), exponent)],
  )
  const [only, ...more] = sums
  const isSigmoid = k === 0 && only?.exponent === -1 && more.length === 0 && isOnePlusT(only.of)
  const exponents = [
    ...(k === 0 ? [] : [{ coefficient: k, of: v }]),
    ...sums.map(({ of, exponent }) => ({ coefficient: exponent, of: logOfPositive(of, v) })),
  ]
  const positive = isSigmoid ? [sigmoid(neg(v))] : exponents.length === 0 ? [] : [exp(added(exponents))]
  const [first, ...rest] = [...positive, ...others]
  return first === undefined ? undefined : rest.reduce<Expr>((a, b) => mul(a, b), first)
}

const toThe = (of: Expr, exponent: number): Expr => (exponent === 1 ? of : pow(of, exponent))

/** The logarithm of a sum of positive multiples of powers of t. */
const logOfPositive = (sum: PowerSum, v: Expr): Expr => {
  const ordered = [...sum].sort((a, b) => exponentOf(a) - exponentOf(b))
  const [first = scalar(0), ...rest] = ordered.map((each) =>
    added([
      ...(exponentOf(each) === 0 ? [] : [{ coefficient: exponentOf(each), of: v }]),
      ...(each.coefficient === 1 ? [] : [{ coefficient: Math.log(each.coefficient), of: undefined }]),
    ]),
  )
  return rest.reduce<Expr>((total, each) => {
    const isZero = total.term.op === 'number' && total.term.value === 0
    return isZero ? softplus(each) : add(total, softplus(sub(each, total)))
  }, first)
}

const function_ = (base: Base, v: Expr): Expr => {
  switch (base.type) {
    case 't':
      return exp(v)
    case 'sum':
      return inLogits(base.of, v)
    case 'log':
      return isPositive(base.of) ? logOfPositive(base.of, v) : log(inLogits(base.of, v))
    case 'constant':
      return {
        term: replace(base.term, (part) => (part.op === 'variable' && part.name === 't' ? exp(v).term : undefined)),
      }
    default:
      return { term: { op: base.type, of: inLogits(base.of, v).term } }
  }
}
