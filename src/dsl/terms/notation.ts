import type { Term } from './term.ts'

/** How tightly the outermost operation of a formula binds, from the loosest: a leading minus, a sum, a function without parentheses, ... */
export const binding = { minus: 0, sum: 1, prefix: 2, product: 3, power: 4, atom: 5 } as const
export type Binding = (typeof binding)[keyof typeof binding]

/** A printed formula, and how tightly it binds. */
export interface Written {
  readonly text: string
  readonly binds: Binding
}

/** A notation: everything that differs between LaTeX and plain text. */
export interface Notation {
  readonly minus: string
  readonly plus: string
  readonly times: string
  readonly greater: string
  readonly gradient: string
  readonly expectation: string
  readonly stochastic: { readonly uniform: string; readonly normal: string }
  /** Between a formula and the definitions of its symbols. */
  readonly where: string
  /** Before the definitions of repeated subterms. */
  readonly whereWord: string
  readonly becomes: string
  /** The symbol of a variable: a letter, a Greek letter, or a word. */
  readonly symbol: (name: string) => string
  /** A function's name. */
  readonly operator: (name: string) => string
  readonly sigmoid: string
  readonly subscript: (base: string, index: string) => string
  readonly superscript: (base: string, exponent: string) => string
  readonly hat: (base: string) => string
  readonly prime: (base: string) => string
  readonly transposed: (base: string) => string
  readonly parentheses: (inner: string) => string
  readonly brackets: (inner: string) => string
  readonly norm: (inner: string) => string
  readonly abs: (inner: string) => string
  readonly floor: (inner: string) => string
  readonly fraction: (top: Written, bottom: Written) => Written
  readonly root: (of: Written) => Written
}

export const atom = (text: string): Written => ({ text, binds: binding.atom })

/** The text, with parentheses if it binds more loosely than its place requires. */
export const tight = (notation: Notation, { text, binds }: Written, least: Binding): string =>
  binds < least ? notation.parentheses(text) : text

/** The tools for printing a term: the notation, and its printed subterms. */
export interface Pen {
  readonly notation: Notation
  readonly write: (term: Term) => Written
  /** The text of a subterm, with parentheses unless it binds at least this tightly. */
  readonly part: (term: Term, least: Binding) => string
}
