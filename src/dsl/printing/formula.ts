import { atom, binding, type Notation, type Pen, tight, type Written } from '../terms/notation.ts'
import { definitionOf, type Term } from '../terms/term.ts'
import { identifier, subterms, type TermId } from '../terms/termParts.ts'

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

/** What gradients are taken by, where it is a formula and no symbol: x hat, and so on. */
const hats = (notation: Notation, terms: readonly Term[], identify: Names['identify']): ReadonlyMap<TermId, string> => {
  const plain = penOf(notation, { identify, symbols: new Map() })
  const bases = terms.flatMap((term) =>
    term.op === 'grad' && (term.by.op === 'concat' || plain.write(term.by).binds < binding.atom)
      ? [identify(term.by)]
      : [],
  )
  const hat = notation.hat('x')
  return new Map([...new Set(bases)].map((id, i) => [id, i === 0 ? hat : notation.subscript(hat, String(i + 1))]))
}

/**
 * A term in a notation, with as few parentheses as mean the same. A point that gradients are taken at is named x hat and
 * defined behind the formula, as is how each slot changes.
 */
export const formula = (notation: Notation, term: Term): string => {
  const identify = identifier()
  const terms = subterms(term)
  const symbols = hats(notation, terms, identify)
  const byId = new Map(terms.map((each) => [identify(each), each] as const))
  const pen = penOf(notation, { identify, symbols })
  const points = [...symbols].flatMap(([id, symbol]) => {
    const point = byId.get(id)
    return point === undefined ? [] : [`${symbol} = ${definitionOf(point).formula(point, pen).text}`]
  })
  const slots = [...byId.values()].flatMap((each) =>
    each.op === 'slot' ? [`${notation.symbol(each.name)} ${notation.becomes} ${pen.write(each.update).text}`] : [],
  )
  return [pen.write(term).text, ...points, ...slots].join(notation.where)
}
