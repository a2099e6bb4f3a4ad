import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { termOps } from '../../../src/dsl/terms/term.ts'

const src = new URL('../../../src/', import.meta.url)

/** Files of src with their text, without the games that merely use what is counted. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('reproductions'))
  .map((file) => ({ file, text: readFileSync(new URL(file, src), 'utf8') }))

const placesOf = (word: string): readonly string[] =>
  files.filter(({ text }) => new RegExp(`\\b${word}\\b`).test(text)).map(({ file }) => file)

describe('a name stands in few files', () => {
  it.each([
    ['erf', 6],
    ['acrossParameters', 4],
    ['PairTerm', 2],
    ['EveryTerm', 2],
    ['GradTerm', 2],
    ['OverBatchTerm', 2],
    ['ScatterTerm', 2],
  ] as const)('%s in at most %i', (word, most) => {
    expect(placesOf(word).length, placesOf(word).join(', ')).toBeGreaterThan(0)
    expect(placesOf(word).length, placesOf(word).join(', ')).toBeLessThanOrEqual(most)
  })
})

/** What adds up, cancels or folds knows some functions, and leaves any other as it is. */
const algebra = ['algebra/addends.ts', 'compile/constantTerms.ts']

it('no file but the algebra goes through kinds of terms case by case', () => {
  const ops: ReadonlySet<string> = new Set(termOps)
  const found = files.filter(({ file, text }) => {
    if (algebra.includes(file) || !/switch \(\w+\.op\)/.test(text)) return false
    return [...text.matchAll(/case '(\w+)':/g)].some(([, op = '']) => ops.has(op))
  })
  expect(found.map(({ file }) => file)).toEqual([])
})
