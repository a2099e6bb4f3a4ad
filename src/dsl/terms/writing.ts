import { atom, type Binding, binding, type Notation, type Pen, tight, type Written } from './notation.ts'
import type { Term } from './term.ts'

/** What the formulas of terms have in common. */

export const call = (name: string, args: readonly string[]): Written => atom(`${name}(${args.join(', ')})`)

export const list = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`

/** A function of some parts, whose arguments always have parentheses; `details` follow. */
export const named = (name: string, parts: readonly Term[], { notation, part }: Pen, ...details: readonly string[]) =>
  call(notation.operator(name), [...parts.map((each) => part(each, binding.minus)), ...details])

/** A function with a name below it: `every₁₆(x)`. */
export const namedBelow = (name: string, below: string, parts: readonly Term[], { notation, part }: Pen): Written =>
  call(
    notation.subscript(notation.operator(name), below),
    parts.map((each) => part(each, binding.minus)),
  )

/** `log x` and `log(1 + x)`: a function whose argument needs parentheses only where it is no single thing. */
export const word = (name: string, of: Term, { notation, write }: Pen): Written => {
  const argument = write(of)
  const operator = notation.operator(name)
  return argument.binds === binding.atom
    ? { text: `${operator} ${argument.text}`, binds: binding.prefix }
    : { text: operator + notation.parentheses(argument.text), binds: binding.power }
}

/** A name of what is drawn; `also` tells it from others of that name. */
export const drawn = (
  symbol: string,
  also: readonly (string | undefined)[],
  { subscript, symbol: write }: Notation,
): Written => {
  const indices = also.flatMap((name) => (name === undefined ? [] : [write(name)]))
  return atom(indices.length === 0 ? symbol : subscript(symbol, indices.join(', ')))
}

const looser = (a: Binding, b: Binding): Binding => (a < b ? a : b)

/** A sum or difference: what stands on its left shows at its start. */
export const sumOfTwo = (left: Term, right: Term, sign: string, least: Binding, { write, part }: Pen): Written => {
  const first = write(left)
  return { text: `${first.text} ${sign} ${part(right, least)}`, binds: looser(first.binds, binding.sum) }
}

/** A product: a function without parentheses on its right would take in what follows. */
export const product = (left: string, right: Written, sign: string, notation: Notation): Written => ({
  text: `${left}${sign}${tight(notation, right, binding.prefix)}`,
  binds: right.binds < binding.prefix ? binding.product : looser(right.binds, binding.product),
})

export const raised = (of: Term, exponent: string, { notation, part }: Pen): Written => ({
  text: notation.superscript(part(of, binding.atom), exponent),
  binds: binding.power,
})

/** The vector whose squares a term sums, if it does. */
export const squaredVector = (term: Term): Term | undefined =>
  term.op === 'sum' && term.axes === undefined && term.of.op === 'square' ? term.of.of : undefined

export const norm = (of: Term, { notation, part }: Pen): string => notation.norm(part(of, binding.minus))
