import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import { compile } from '../../src/compile/compile.ts'
import { right } from '../data/files.ts'
import { root } from '../types/tsc.ts'
import game from './readmeGame.ts'

const readme = readFileSync(`${root}/README.md`, 'utf8')
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text = '']) => ({
  language,
  text,
}))

it('the README shows the game of readmeGame.ts', () => {
  const source = readFileSync(`${root}/test/docs/readmeGame.ts`, 'utf8')
  expect(blocks.filter(({ language }) => language === 'ts')[0]?.text).toBe(source)
})

it('and what inspect prints for it', () => {
  const shown = showInspection(inspectionOf(right(compile(game))), 'text')
  expect(blocks.some(({ text }) => text.trimEnd() === shown.trimEnd())).toBe(true)
})
