/** Control characters, invisible marks and marks that reverse the direction of text. A terminal would act on them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')

/** A text, or its first `most` characters and an ellipsis. */
export const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}...` : text)

/** Text from a file, safe to show in a message: at most `most` characters, and none that a terminal would act on. */
export const printable = (text: string, most = 200): string => cut(text, most).replace(unprintable, escaped)

const mostCharacters = 60
const mostItems = 8
const mostDepth = 3

const inBrackets = (open: string, close: string, items: readonly string[], count: number): string =>
  `${open}${[...items, ...(count > items.length ? ['...'] : [])].join(',')}${close}`

const shown = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return JSON.stringify(cut(value, mostCharacters)).replace(unprintable, escaped)
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth === 0) return Array.isArray(value) ? '[...]' : '{...}'
  if (Array.isArray(value))
    return inBrackets(
      '[',
      ']',
      value.slice(0, mostItems).map((item) => shown(item, depth - 1)),
      value.length,
    )
  const entries = Object.entries(value)
  const first = entries.slice(0, mostItems).map(([name, item]) => `${shown(name, 0)}:${shown(item, depth - 1)}`)
  return inBrackets('{', '}', first, entries.length)
}

/** A JSON value from a file, for a message: printable, and short however large or deep the value is. Strings are quoted. */
export const quoted = (value: unknown): string => shown(value, mostDepth)
