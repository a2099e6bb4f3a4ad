/** A token: a word, a literal or a punctuation mark. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'template' | 'regex' | 'mark'
  readonly text: string
  /** The line where it begins, from 1. */
  readonly line: number
}

type Kind = Token['kind'] | 'space'

interface Lexeme {
  readonly kind: Kind
  readonly end: number
}

const pattern = (kind: Kind, of: RegExp) => ({ kind, of })

/** Patterns of strings and comments. Their loops are unrolled, so that long ones need little time and stack. */
const patterns = [
  pattern('space', /\s+|\/\/.*|\/\*[\s\S]*?\*\//y),
  pattern('word', /[\p{ID_Start}$_#][\p{ID_Continue}$]*/uy),
  pattern('number', /\.?\d[\w.]*/y),
  pattern('string', /"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'/y),
]
const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const mark = /=>|[=!<>]=+|\.\.\.|[\s\S]/uy

/** The end of a pattern's match at an index. */
const endOf = (of: RegExp, text: string, at: number): number | undefined => {
  const sticky = new RegExp(of)
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : undefined
}

const beforeRegex = new Set(['return', 'typeof', 'case', 'in', 'of', 'do', 'else', 'void', 'delete', 'await', 'yield'])

/** After a value a slash divides; elsewhere it begins a regular expression. */
const isValue = (before: Token | undefined): boolean => {
  if (before === undefined) return false
  if (before.kind === 'word') return !beforeRegex.has(before.text)
  return before.kind !== 'mark' || [')', ']', '}'].includes(before.text)
}

const lexemeAt = (text: string, at: number, before: Token | undefined): Lexeme => {
  for (const { kind, of } of patterns) {
    const end = endOf(of, text, at)
    if (end !== undefined) return { kind, end }
  }
  if (text[at] === '`') return { kind: 'template', end: templateEnd(text, at + 1) }
  const end = text[at] === '/' && !isValue(before) ? endOf(regex, text, at) : undefined
  if (end !== undefined) return { kind: 'regex', end }
  return { kind: 'mark', end: endOf(mark, text, at) ?? at + 1 }
}

/** The end of a template literal that continues at `from`; the end of the text if it is not closed. */
const templateEnd = (text: string, from: number): number => {
  let at = from
  while (at < text.length) {
    if (text[at] === '`') return at + 1
    if (text.startsWith('${', at)) at = holeEnd(text, at + 2)
    else at += text[at] === '\\' ? 2 : 1
  }
  return text.length
}

/** The index after the brace that closes an expression in a template. */
const holeEnd = (text: string, from: number): number => {
  let at = from
  let depth = 1
  let before: Token | undefined
  while (at < text.length) {
    const { kind, end } = lexemeAt(text, at, before)
    const found = text.slice(at, end)
    at = end
    if (kind === 'space') continue
    before = { kind, text: found, line: 0 }
    if (kind !== 'mark') continue
    if (found === '{') depth += 1
    if (found === '}') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

/** Splits TypeScript or JavaScript into tokens, without white space and comments. A template literal is one token. */
export const tokensOf = (text: string): readonly Token[] => {
  const found: Token[] = []
  let line = 1
  for (let at = 0; at < text.length; ) {
    const { kind, end } = lexemeAt(text, at, found.at(-1))
    const piece = text.slice(at, end)
    if (kind !== 'space') found.push({ kind, text: piece, line })
    line += piece.split('\n').length - 1
    at = end
  }
  return found
}
