import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokensOf } from '../../../src/cli/source/tokens.ts'

const kinds = (text: string): readonly (readonly [string, string])[] =>
  tokensOf(text).map(({ kind, text: piece }) => [kind, piece])

const word = fc.stringMatching(/^[a-z]{1,6}$/)
const literal = fc.oneof(
  word.map((text) => ['word', text] as const),
  fc.string({ unit: 'binary' }).map((text) => ['string', JSON.stringify(text)] as const),
  fc.nat().map((n) => ['number', `${n}`] as const),
  fc.string().map((text) => ['template', `\`${text.replace(/[\\`$]/g, '\\$&')}\${f({ a: "}" }, \`}\`)}\``] as const),
  fc.constantFrom('{', '}', '(', ')', '[', ']', ',', ':', '=>', '...', '===').map((text) => ['mark', text] as const),
)
const gap = fc.oneof(
  fc.constantFrom(' ', '\n', ' \n\n\t', '\r\n'),
  fc.string().map((text) => `/*${text.replaceAll('*/', '')} */`),
  fc.string().map((text) => `//${text.replace(/[\n\r\u2028\u2029]/g, '')}\n`),
)

test('tokens come back as they were written, whatever stands between them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(literal, gap)), (pieces) => {
      const text = pieces.map(([[, piece], space]) => piece + space).join('')
      expect(kinds(text)).toEqual(pieces.map(([piece]) => piece))
    }),
  )
})

test('each token has the line on which it begins', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(literal, gap)), (pieces) => {
      let before = ''
      const lines = pieces.map(([[, piece], space]) => {
        const line = before.split('\n').length
        before += piece + space
        return line
      })
      expect(tokensOf(before).map(({ line }) => line)).toEqual(lines)
    }),
  )
})

test('nothing of any text is lost but white space and comments', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const kept = tokensOf(text)
        .map((token) => token.text)
        .join('')
      let at = 0
      for (const character of kept) {
        at = text.indexOf(character, at) + character.length
        expect(at).toBeGreaterThan(0)
      }
    }),
  )
})

test.each([
  ['a / b / c', ['word', 'mark', 'word', 'mark', 'word']],
  ['x = /[/"]{/g, 1', ['word', 'mark', 'regex', 'mark', 'number']],
  ['return /`/', ['word', 'regex']],
  ['f(1) / 2', ['word', 'mark', 'number', 'mark', 'mark', 'number']],
  ["'it\\'s'", ['string']],
  ['1e3.5', ['number']],
])('%s', (text, expected) => {
  expect(kinds(text).map(([kind]) => kind)).toEqual(expected)
})

test('a long string or comment takes neither time nor stack', () => {
  const long = 'x'.repeat(1_000_000)
  expect(kinds(`"${long}" /* ${long} */ y`).map(([kind]) => kind)).toEqual(['string', 'word'])
})
