import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import { compile } from '../../src/compile/compile.ts'
import { right } from '../data/files.ts'
import { root, tsc } from '../types/tsc.ts'
import game from './readmeGame.ts'

const readme = readFileSync(`${root}/README.md`, 'utf8')
const source = readFileSync(`${root}/test/docs/readmeGame.ts`, 'utf8')
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text = '']) => ({
  language,
  text,
}))

it('the README has at most 150 lines', () => expect(readme.split('\n').length - 1).toBeLessThanOrEqual(150))

it('shows the game of readmeGame.ts', () => {
  expect(blocks.filter(({ language }) => language === 'ts')[0]?.text).toBe(source)
})

it('shows the theory that inspect prints for it', () => {
  const shown = showInspection(inspectionOf(right(compile(game))), 'text')
  const theory = blocks.find(({ text }) => text.startsWith('Theory'))?.text ?? 'none'
  expect(shown).toContain(theory.trimEnd())
})

it('shows what TypeScript says of a discriminator that takes another shape', () => {
  const folder = mkdtempSync(join(root, 'test/docs/wrong-'))
  try {
    const wrong = source.replace('discriminator: pipe(input([2])', 'discriminator: pipe(input([3])')
    expect(wrong).not.toBe(source)
    writeFileSync(join(folder, 'wrong.ts'), wrong)
    const config = { extends: '../../../tsconfig.json', include: ['*.ts'], exclude: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const said = tsc('-p', folder)
      .trimEnd()
      .replace(/^.*?: error/, 'error')
    expect(blocks.map(({ text }) => text.trimEnd())).toContain(said)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
