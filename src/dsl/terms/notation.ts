import type { Term } from './term.ts'

/** How tightly the outermost operation of a formula binds, from loosest: a leading minus, a sum, a function without parentheses, ... */
export const binding = { minus: 0, sum: 1, prefix: 2, product: 3, power: 4, atom: 5 } as const
export type Binding = (typeof binding)[keyof typeof binding]

/** A formula as it is written, and how tightly it binds. */
export interface Written {
  readonly text: string
  readonly binds: Binding
}

/** A way to write mathematics: what differs between LaTeX and plain text. */
export interface Notation {
  readonly minus: string
  readonly plus: string
  readonly times: string
  readonly greater: string
  readonly gradient: string
  readonly expectation: string
  readonly stochastic: { readonly uniform: string; readonly normal: string }
  /** Between a formula and what stands for parts of it. */
  readonly where: string
  /** Before what stands for parts that are used again and again. */
  readonly whereWord: string
  readonly becomes: string
  /** A variable's name; longer ones are words, some are Greek letters. */
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

/** The text, in parentheses where it binds more loosely than its place asks for. */
export const tight = (notation: Notation, { text, binds }: Written, least: Binding): string =>
  binds < least ? notation.parentheses(text) : text

/** What the formula of a term is written with: the notation, and the parts of the term. */
export interface Pen {
  readonly notation: Notation
  readonly write: (term: Term) => Written
  /** The text of a part that is to bind at least so tightly. */
  readonly part: (term: Term, least: Binding) => string
}
