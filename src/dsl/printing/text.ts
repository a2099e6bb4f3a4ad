import { binding, type Notation, tight } from '../terms/notation.ts'
import type { Term } from '../terms/term.ts'
import { formula, leastNamed } from './formula.ts'

const names =
  'alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega'.split(' ')
const greek = new Map(names.map((name, i) => [name, [...'αβγδεζηθκλμνξρστφχψω'][i]]))
const subscripts = new Map([...'0123456789aehijklmnoprstuvx'].map((c, i) => [c, [...'₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'][i]]))
const superscripts = new Map([...'0123456789+-n'].map((c, i) => [c, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ'][i]]))
const circumflex = '\u0302'

/** A text in superscript or subscript, if Unicode has all its letters. */
const shifted = (letters: ReadonlyMap<string, string | undefined>, text: string): string | undefined => {
  const found = [...text].map((c) => (c === circumflex ? c : letters.get(c)))
  return found.every((c) => c !== undefined) ? found.join('') : undefined
}

const simple = (text: string): string => (/^[\p{L}\p{M}\p{N}.]*$/u.test(text) ? text : `(${text})`)

const notation: Notation = {
  minus: '−',
  plus: '+',
  times: '·',
  greater: '>',
  gradient: '∇',
  expectation: '𝔼',
  stochastic: { uniform: 'u', normal: 'ε' },
  where: ', ',
  whereWord: 'where ',
  becomes: '←',
  symbol: (name) => greek.get(name) ?? name,
  operator: (name) => name,
  sigmoid: 'σ',
  // A whole word in subscript is harder to read than one after an underscore.
  subscript: (base, index) =>
    base + ((index.length <= 2 ? shifted(subscripts, index) : undefined) ?? `_${simple(index)}`),
  superscript: (base, exponent) => base + (shifted(superscripts, exponent) ?? `^${simple(exponent)}`),
  hat: (base) => base + circumflex,
  prime: (base) => `${base}′`,
  transposed: (base) => `${base}ᵀ`,
  parentheses: (inner) => `(${inner})`,
  brackets: (inner) => `[${inner}]`,
  norm: (inner) => `‖${inner}‖`,
  abs: (inner) => `|${inner}|`,
  floor: (inner) => `⌊${inner}⌋`,
  fraction: (top, bottom) => ({
    text: `${tight(notation, top, binding.product)} / ${tight(notation, bottom, binding.power)}`,
    binds: binding.product,
  }),
  root: (of) => ({ text: `√${tight(notation, of, binding.atom)}`, binds: binding.power }),
}

/**
 * A term as plain text, without redundant parentheses. Long repeated subterms get a name, and are defined after the formula.
 *
 * @example
 * const V = add(E(log(D(x))), E(log(sub(1, D(fake)))))
 * text(V.term) // 𝔼[log D(x)] + 𝔼[log(1 − D(G(z)))]
 */
export const text = (term: Term): string => formula(notation, term, leastNamed)

/** The same with all subterms in place. Only for short terms: the text of a term with repeated subterms can be exponentially long. */
export const textInFull = (term: Term): string => formula(notation, term, Number.POSITIVE_INFINITY)
