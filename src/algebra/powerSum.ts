import type { Term } from '../dsl/terms/term.ts'
import { keyOf } from '../ir/key.ts'
import { minOf } from '../ir/numbers.ts'
import type { UnaryOp } from '../ir/ops/elementwise.ts'
import { at } from '../ir/present.ts'

/**
 * A function of a positive number t, as a sum of products of real powers. This form allows exact differentiation, and cancels
 * terms before numbers are computed. Equal products are merged.
 */
export type PowerSum = readonly Product[]

interface Product {
  readonly coefficient: number
  /** The powers by the key of their base. No exponent is 0. */
  readonly powers: { readonly [key: string]: Power }
}
interface Power {
  readonly base: Base
  readonly exponent: number
}

/** The base of a power: t, a sum of several products, a constant, or a function of sums. */
export type Base =
  | { readonly type: 't' }
  | { readonly type: 'sum'; readonly of: PowerSum }
  | { readonly type: UnaryOp; readonly of: PowerSum }
  /** A term that does not depend on t. */
  | { readonly type: 'constant'; readonly term: Term }

const t: Base = { type: 't' }

export const number = (value: number): PowerSum => (value === 0 ? [] : [{ coefficient: value, powers: {} }])
export const powerOf = (base: Base, exponent = 1): PowerSum => [
  { coefficient: 1, powers: exponent === 0 ? {} : { [keyOf(base)]: { base, exponent } } },
]
export const variable: PowerSum = powerOf(t)

/** The value of a sum that is a number; `undefined` for others. */
export const numberIn = (sum: PowerSum): number | undefined => {
  const [first, ...rest] = sum
  if (first === undefined) return 0
  return rest.length === 0 && Object.keys(first.powers).length === 0 ? first.coefficient : undefined
}

/** The exponent of t in a product. */
export const exponentOf = ({ powers }: Product): number => powers[keyOf(t)]?.exponent ?? 0

/** Merges equal products. A coefficient as small as the rounding error of a difference becomes 0. */
const joined = (products: PowerSum): PowerSum => {
  const found = new Map<string, Product & { readonly size: number }>()
  for (const product of products) {
    const key = keyOf(
      Object.keys(product.powers)
        .map((base) => [base, product.powers[base]?.exponent])
        .sort(),
    )
    const other = found.get(key)
    const coefficient = (other?.coefficient ?? 0) + product.coefficient
    found.set(key, { ...product, coefficient, size: (other?.size ?? 0) + Math.abs(product.coefficient) })
  }
  return [...found.values()].flatMap(({ coefficient, powers, size }) =>
    Math.abs(coefficient) <= 1e-14 * size ? [] : [{ coefficient, powers }],
  )
}

export const plus = (...sums: readonly PowerSum[]): PowerSum => joined(sums.flat())

export const scaled = (factor: number, sum: PowerSum): PowerSum =>
  factor === 0 ? [] : sum.map((product) => ({ ...product, coefficient: factor * product.coefficient }))

export const times = (left: PowerSum, right: PowerSum): PowerSum =>
  joined(left.flatMap((a) => right.map((b) => product(a, b))))

/** Divides t^k by s in products t^k / s where s is a sum, so that equal parts look equal and cancel. */
export const reduced = (sum: PowerSum): PowerSum => joined(sum.flatMap(divided))

/** Rounds an exponent to 12 digits: -0.7 + 1 gives 0.3. */
const rounded = (exponent: number): number => Number(exponent.toPrecision(12))

const product = (a: Product, b: Product): Product => {
  const powers = { ...a.powers }
  for (const [key, { base, exponent }] of Object.entries(b.powers)) {
    const total = rounded((powers[key]?.exponent ?? 0) + exponent)
    if (total === 0) delete powers[key]
    else powers[key] = { base, exponent: total }
  }
  return { coefficient: a.coefficient * b.coefficient, powers }
}

/** Polynomial division of t^k by a sum s, until the power of t is below the leading power of s. */
const divided = (whole: Product): PowerSum => {
  const k = exponentOf(whole)
  for (const { base, exponent } of Object.values(whole.powers)) {
    if (base.type !== 'sum' || exponent > -1) continue
    const [leading, ...lower] = base.of
    const degree = leading === undefined || !isPlain(leading) ? 0 : exponentOf(leading)
    if (leading === undefined || degree <= 0 || degree > k) continue
    const rest = product(whole, { coefficient: 1 / leading.coefficient, powers: inverse(leading) })
    const without = product(rest, { coefficient: 1, powers: { [keyOf(base)]: { base, exponent: 1 } } })
    return [...divided(without), ...scaled(-1, lower).flatMap((each) => divided(product(rest, each)))]
  }
  return [whole]
}

/** Whether a product is a number times a power of t. */
const isPlain = ({ powers }: Product): boolean => Object.values(powers).every(({ base }) => base.type === 't')

const inverse = ({ powers }: Product): Product['powers'] =>
  Object.fromEntries(Object.entries(powers).map(([key, { base, exponent }]) => [key, { base, exponent: -exponent }]))

/** Factors a sum into a multiple of a power of t and a rest with leading coefficient 1 and lowest power 0. */
export const factored = (sum: PowerSum): { readonly factor: Product; readonly rest: PowerSum } => {
  const ordered = [...sum].sort((a, b) => exponentOf(b) - exponentOf(a))
  const [leading, lowest] = [ordered[0]?.coefficient ?? 1, minOf(ordered.map(exponentOf))]
  const rest = times(ordered, scaled(1 / leading, powerOf(t, -lowest)))
  return { factor: { coefficient: leading, powers: at(powerOf(t, lowest), 0).powers }, rest }
}
