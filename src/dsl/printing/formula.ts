import { atom, binding, type Notation, type Pen, tight, type Written } from '../terms/notation.ts'
import { definitionOf, type Term } from '../terms/term.ts'
import { identifier, subterms, type TermId } from '../terms/termParts.ts'
import { repeated } from './repeated.ts'

/** Repeated subterms with at least this many ops get a name. Smaller ones are easier to read in place. */
export const leastNamed = 24

interface Names {
  readonly identify: (term: Term) => TermId
  readonly symbols: ReadonlyMap<TermId, string>
}

const penOf = (notation: Notation, { identify, symbols }: Names): Pen => {
  const write = (term: Term): Written => {
    const symbol = symbols.get(identify(term))
    return symbol === undefined ? definitionOf(term).formula(term, pen) : atom(symbol)
  }
  const pen: Pen = { notation, write, part: (term, least) => tight(notation, write(term), least) }
  return pen
}

/** Symbols, such as x hat, for points of gradients that are formulas. `names` are the symbols of other parts. */
const hats = (notation: Notation, terms: readonly Term[], names: Names): ReadonlyMap<TermId, string> => {
  const pen = penOf(notation, names)
  const bases = terms.flatMap((term) =>
    term.op === 'grad' && (term.by.op === 'concat' || definitionOf(term.by).formula(term.by, pen).binds < binding.atom)
      ? [names.identify(term.by)]
      : [],
  )
  const hat = notation.hat('x')
  return new Map([...new Set(bases)].map((id, i) => [id, i === 0 ? hat : notation.subscript(hat, String(i + 1))]))
}

/** A letter that the formula does not use. */
const freeLetter = (terms: readonly Term[]): string => {
  const taken = new Set(terms.flatMap((term) => Object.values(term).filter((value) => typeof value === 'string')))
  return [...'hvwqpabcdefgklmnors'].find((letter) => !taken.has(letter)) ?? 'h'
}

/** Symbols for repeated subterms: h1, h2 and so on. */
const letters = (notation: Notation, parts: readonly Term[], terms: readonly Term[], identify: Names['identify']) => {
  const letter = freeLetter(terms)
  return new Map(parts.map((part, i) => [identify(part), notation.subscript(letter, `${i + 1}`)]))
}

/**
 * Prints a term in a notation, without redundant parentheses. Points of gradients (x hat), updates of slots, and larger repeated
 * subterms are defined after the formula.
 */
export const formula = (notation: Notation, term: Term, leastOps: number): string => {
  const identify = identifier()
  const terms = subterms(term)
  const byId = new Map(terms.map((each) => [identify(each), each] as const))
  const named = (isAtom: (part: Term) => boolean) => repeated(term, identify, isAtom, leastOps)
  const withLetters = (parts: readonly Term[]) => letters(notation, parts, terms, identify)
  const points = hats(notation, terms, { identify, symbols: withLetters(named(() => false)) })
  const shared = named((part) => points.has(identify(part)))
  const others = withLetters(shared)
  const pen = penOf(notation, { identify, symbols: new Map([...points, ...others]) })
  const defined = (symbols: ReadonlyMap<TermId, string>): readonly string[] =>
    [...symbols].flatMap(([id, symbol]) => {
      const part = byId.get(id)
      return part === undefined ? [] : [`${symbol} = ${definitionOf(part).formula(part, pen).text}`]
    })
  const slots = [...byId.values()].flatMap((each) =>
    each.op === 'slot' ? [`${notation.symbol(each.name)} ${notation.becomes} ${pen.write(each.update).text}`] : [],
  )
  const [first, ...more] = defined(others)
  const where = first === undefined ? [] : [`${notation.whereWord}${first}`, ...more]
  return [pen.write(term).text, ...defined(points), ...slots, ...where].join(notation.where)
}
