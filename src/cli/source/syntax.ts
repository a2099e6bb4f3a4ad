import { type Token, tokensOf } from './tokens.ts'

/** The tokens of a program, and the closing bracket of each opening one. */
export interface Code {
  readonly tokens: readonly Token[]
  readonly closes: ReadonlyMap<number, number>
}

/** An expression, as far as it is understood. Brackets are indices of tokens. */
export type Value =
  | { readonly type: 'object'; readonly open: number }
  | { readonly type: 'call'; readonly callee: string; readonly open: number }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'other' }

export interface Placed {
  readonly value: Value
  readonly line: number
}

const closing: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' }

/** `undefined` if brackets do not match: the tokens can't be trusted then. */
export const codeOf = (text: string): Code | undefined => {
  const tokens = tokensOf(text)
  const closes = new Map<number, number>()
  const open: number[] = []
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'mark') continue
    if (token.text in closing) open.push(i)
    if (!Object.values(closing).includes(token.text)) continue
    const from = open.pop()
    if (from === undefined || closing[textAt(tokens, from)] !== token.text) return undefined
    closes.set(from, i)
  }
  return open.length === 0 ? { tokens, closes } : undefined
}

const textAt = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? ''

/** The index after a token, or after the bracket that it opens. */
const past = ({ closes }: Code, at: number): number => (closes.get(at) ?? at) + 1

/** The indices of a range's tokens outside of all brackets. */
const outermost = (code: Code, from: number, to: number): readonly number[] => {
  const found: number[] = []
  for (let at = from; at < to; at = past(code, at)) found.push(at)
  return found
}

/** A range of tokens. `to` is exclusive. */
interface Range {
  readonly from: number
  readonly to: number
}

/** The comma-separated parts between two brackets. */
const items = (code: Code, open: number): readonly Range[] => {
  const close = code.closes.get(open) ?? open
  const commas = outermost(code, open + 1, close).filter((at) => textAt(code.tokens, at) === ',')
  return [open, ...commas]
    .map((before, i) => ({ from: before + 1, to: commas[i] ?? close }))
    .filter(({ from, to }) => from < to)
}

/** Words that put a type after a value. */
const typing = new Set(['as', 'satisfies'])

/** Parses the expression in a range. */
const valueIn = (code: Code, { from, to }: Range): Value => {
  const { tokens } = code
  const ends = (at: number): boolean => at === to || (at < to && typing.has(textAt(tokens, at)))
  if (textAt(tokens, from) === '{') return ends(past(code, from)) ? { type: 'object', open: from } : { type: 'other' }
  if (tokens[from]?.kind !== 'word') return { type: 'other' }
  let at = from + 1
  while (textAt(tokens, at) === '.') at += 2
  const name = tokens
    .slice(from, at)
    .map(({ text }) => text)
    .join('')
  if (ends(at)) return { type: 'name', name }
  return textAt(tokens, at) === '(' && ends(past(code, at))
    ? { type: 'call', callee: name, open: at }
    : { type: 'other' }
}

const placed = (code: Code, range: Range): Placed => ({
  value: valueIn(code, range),
  line: code.tokens[range.from]?.line ?? 1,
})

/** The arguments of a call. */
export const argumentsOf = (code: Code, open: number): readonly Placed[] =>
  items(code, open).map((range) => placed(code, range))

/** A property of an object literal by name. `unsure` if a spread or a computed name may set it. */
export const propertyOf = (code: Code, open: number, name: string): Placed | 'missing' | 'unsure' => {
  for (const range of items(code, open).toReversed()) {
    const key = code.tokens[range.from]
    const isShort = range.to === range.from + 1 && key?.kind === 'word'
    if (key === undefined || key.kind === 'mark' || (!isShort && textAt(code.tokens, range.from + 1) !== ':'))
      return 'unsure'
    if (keyOf(key) !== name) continue
    const { value } = placed(code, isShort ? range : { ...range, from: range.from + 2 })
    return { value, line: key.line }
  }
  return 'missing'
}

const keyOf = ({ kind, text }: Token): string => (kind === 'string' ? text.slice(1, -1) : text)

/** The end of a statement: where a word or a semicolon could begin another one. */
const statement = (code: Code, from: number): Range => {
  const { tokens } = code
  const ends = (at: number): boolean => {
    const [before, token] = [tokens[at - 1], tokens[at]]
    if (token === undefined || token.text === ';') return true
    return token.kind === 'word' && !typing.has(token.text) && token.line > (before?.line ?? 0) && !isOpen(before)
  }
  const to = outermost(code, from + 1, tokens.length).find(ends)
  return { from, to: to ?? tokens.length }
}

/** Whether an expression continues after a token. */
const isOpen = (token: Token | undefined): boolean =>
  token !== undefined && token.kind === 'mark' && !Object.values(closing).includes(token.text)

/** The value of `const name = ...` at the top level, if there is exactly one. */
export const constantOf = (code: Code, name: string): Placed | undefined => {
  const { tokens } = code
  const top = outermost(code, 0, tokens.length)
  const [at, second] = top.filter((i) => textAt(tokens, i) === 'const' && textAt(tokens, i + 1) === name)
  const token = at === undefined ? undefined : tokens[at]
  if (at === undefined || token === undefined || second !== undefined) return undefined
  const equals = top.find((i) => i > at && textAt(tokens, i) === '=')
  return equals === undefined ? undefined : { value: valueIn(code, statement(code, equals + 1)), line: token.line }
}

/** The default export of the file. */
export const defaultOf = (code: Code): Placed | undefined => {
  const { tokens } = code
  const at = outermost(code, 0, tokens.length).find(
    (i) => textAt(tokens, i) === 'export' && textAt(tokens, i + 1) === 'default',
  )
  return at === undefined ? undefined : placed(code, statement(code, at + 2))
}

/** Whether a name is imported from a module, without renaming. */
export const isImported = (code: Code, name: string, from: string): boolean => {
  const { tokens, closes } = code
  return tokens.some((token, i) => {
    const close = closes.get(i + 1)
    if (token.text !== 'import' || close === undefined) return false
    const names = items(code, i + 1).filter(({ from: at, to }) => to === at + 1 && textAt(tokens, at) === name)
    return names.length > 0 && textAt(tokens, close + 1) === 'from' && textAt(tokens, close + 2).slice(1, -1) === from
  })
}
