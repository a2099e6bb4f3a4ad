import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** In how many files of src one of each kind is named: its own, its row, and the export for users. */
const most = {
  erf: 6,
  acrossParameters: 4,
  selfAttention: 3,
  spiral: 3,
  cramer: 3,
  lion: 3,
  symplectic: 3,
  // A metric and a command have no export: users name them in text.
  confusion: 2,
  inspect: 2,
  'tfjs-wasm': 3,
} as const

/** All files but the reproductions, which use what there is. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('reproductions'))
  .map((file) => [file, readFileSync(`src/${file}`, 'utf8')] as const)

test.each(Object.entries(most))('%s is named in at most %i files', (name, count) => {
  const word = new RegExp(`\\b${name}\\b`)
  const places = sources.flatMap(([file, text]) => (word.test(text) ? [file] : []))
  expect(places.length, places.join(', ')).toBeLessThanOrEqual(count)
})

test('a silent default stands only where a value may be absent', () => {
  const fallback = /\?\? (0|1|\[\]|''|NaN|Number\.NaN|\{\})|\[[a-zA-Z, ]+ = (\[\]|0|1|Number\.NaN)/
  const lines = sources.flatMap(([, text]) => text.split('\n').filter((line) => fallback.test(line)))
  expect(lines.length).toBeLessThanOrEqual(100)
})
