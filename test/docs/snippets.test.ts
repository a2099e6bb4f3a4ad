import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { root, tsc } from '../types/tsc.ts'
import { isTemplate } from './templateTree.ts'

const folder = `${root}/test/docs/generated`

interface Snippet {
  readonly name: string
  readonly code: string
}

/** The ```ts blocks of a page that import the package: whole programs, which must compile and run as they stand. */
const snippetsOf = (page: string): readonly Snippet[] => {
  const blocks = [...readFileSync(`${root}/${page}`, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
  return blocks.map(([, code = ''], i) => ({ name: `${page.replace(/\W/g, '-')}-${i + 1}`, code }))
}

const pages = [
  'README.md',
  ...readdirSync(`${root}/docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]
const snippets = pages.flatMap(snippetsOf).filter(({ code }) => code.includes("from 'saddlepoint") && !isTemplate(code))

mkdirSync(folder, { recursive: true })
for (const { name, code } of snippets)
  writeFileSync(`${folder}/${name}.ts`, code.includes('export') ? code : `${code}\nexport {}\n`)
writeFileSync(
  `${folder}/tsconfig.json`,
  JSON.stringify({
    extends: '../../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false },
    include: ['*.ts'],
    exclude: [],
  }),
)

describe('every snippet of the documentation', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is there', () => expect(snippets.length).toBeGreaterThan(4))

  it('compiles', () => expect(tsc('-p', `${folder}/tsconfig.json`)).toBe(''), 120_000)

  it.each(snippets)('$name runs', async ({ name }) => {
    await expect(import(`${folder}/${name}.ts`)).resolves.toBeDefined()
  })
})
