import * as E from '#fp-ts/Either'
import { type Malformed, malformed } from '../errors/malformed.ts'
import { printable } from '../errors/quoted.ts'

/** Far deeper than any file that runs write. Without a limit, a file of brackets would use up all memory. */
const mostDepth = 10_000

const [quote, backslash, openList, closeList, openObject, closeObject] = [...'"\\[]{}'].map((c) => c.charCodeAt(0))

/** Whether lists and objects are nested deeper than the limit. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inText) {
      if (code === backslash) i++
      else if (code === quote) inText = false
    } else if (code === quote) inText = true
    else if (code === openList || code === openObject) {
      depth++
      if (depth > mostDepth) return true
    } else if (code === closeList || code === closeObject) depth--
  }
  return false
}

/** Parses JSON from an untrusted file. Left: what is wrong, in printable text. */
export const parseJson = (text: string): E.Either<Malformed, unknown> =>
  isTooDeep(text)
    ? E.left(malformed(`lists and objects are nested more than ${mostDepth} deep`))
    : E.tryCatch(
        (): unknown => JSON.parse(text),
        (cause) => malformed(printable(String(cause))),
      )
