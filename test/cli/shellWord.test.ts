import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellWord } from '../../src/cli/shellWord.ts'

/** What a shell makes of words that are typed. */
const read = (typed: readonly string[]): string =>
  execFileSync('/bin/sh', ['-c', `printf '%s\\n\\n' ${typed.join(' ')}`], { encoding: 'utf8' })

test('a shell reads a quoted word as it is', () =>
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 0, unit: 'grapheme' }), { minLength: 1, maxLength: 20 }), (strings) => {
      const words = strings.map((each) => each.replaceAll('\0', ''))
      expect(read(words.map(shellWord))).toBe(words.map((word) => `${word}\n\n`).join(''))
    }),
    { numRuns: 30 },
  ))

test('what needs no quotes has none', () => {
  expect(['runs/ring-2', 'a.b=1e-4', '--out', '$HOME', "it's", ''].map(shellWord)).toEqual([
    'runs/ring-2',
    'a.b=1e-4',
    '--out',
    "'$HOME'",
    String.raw`'it'\''s'`,
    "''",
  ])
})
