import type { Term } from '../dsl/terms/term.ts'
import { keyOf } from '../ir/key.ts'
import { smallest } from '../ir/numbers.ts'
import type { UnaryOp } from '../ir/ops/elementwise.ts'
import { at } from '../ir/present.ts'

/**
 * Functions of one positive number t as sums of products of real powers: what is needed to differentiate an f exactly and to
 * cancel what cancels before a number is computed. Equal products are joined.
 */
export type PowerSum = readonly Product[]

interface Product {
  readonly coefficient: number
  /** By key; no exponent is 0. */
  readonly powers: { readonly [key: string]: Power }
}
interface Power {
  readonly base: Base
  readonly exponent: number
}

/** What powers are of: t, a sum of several products, or a function of sums. */
export type Base =
  | { readonly type: 't' }
  | { readonly type: 'sum'; readonly of: PowerSum }
  | { readonly type: UnaryOp; readonly of: PowerSum }
  /** What the language takes for constant. */
  | { readonly type: 'constant'; readonly term: Term }

const t: Base = { type: 't' }

export const number = (value: number): PowerSum => (value === 0 ? [] : [{ coefficient: value, powers: {} }])
export const powerOf = (base: Base, exponent = 1): PowerSum => [
  { coefficient: 1, powers: exponent === 0 ? {} : { [keyOf(base)]: { base, exponent } } },
]
export const variable: PowerSum = powerOf(t)

/** The number that a sum is, if it is one. */
export const numberIn = (sum: PowerSum): number | undefined => {
  const [first, ...rest] = sum
  if (first === undefined) return 0
  return rest.length === 0 && Object.keys(first.powers).length === 0 ? first.coefficient : undefined
}

/** The exponent of t in a product. */
export const exponentOf = ({ powers }: Product): number => powers[keyOf(t)]?.exponent ?? 0

/** Joins equal products; what is but the rounding of a difference is 0. */
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

/** The same with t^k / s divided out wherever s is a sum: what is equal looks more equal, and cancels. */
export const reduced = (sum: PowerSum): PowerSum => joined(sum.flatMap(divided))

/** 0.3 where -0.7 + 1 was computed. */
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

/** t^k / s for a sum s whose leading power of t is no higher: t^k is divided by s until it is lower. */
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

/** A sum as a multiple of a power of t, and what is left: one with a leading coefficient of 1 and a lowest power of 0. */
export const factored = (sum: PowerSum): { readonly factor: Product; readonly rest: PowerSum } => {
  const ordered = [...sum].sort((a, b) => exponentOf(b) - exponentOf(a))
  const [leading, lowest] = [ordered[0]?.coefficient ?? 1, smallest(ordered.map(exponentOf))]
  const rest = times(ordered, scaled(1 / leading, powerOf(t, -lowest)))
  return { factor: { coefficient: leading, powers: at(powerOf(t, lowest), 0).powers }, rest }
}
