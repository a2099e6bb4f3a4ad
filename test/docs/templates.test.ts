import { readdirSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../types/tsc.ts'
import { type Ran, runIn, templateOf, treeWith } from './templateTree.ts'

const pages = readdirSync(`${root}/docs`).filter((file) => file.startsWith('adding-'))
const templates = pages.map((page) => templateOf(`docs/${page}`))
const specs = templates.flatMap((template) => template.specs.map(({ path }) => path))

/** The pages that say how to add one of a kind are followed to the letter, all of them in one copy of the tree. */
describe('the templates of docs/adding-*.md', () => {
  let folder = ''
  const saddle = (...args: readonly string[]): Ran => runIn(folder, process.execPath, 'dist/cli/main.js', ...args)

  beforeAll(() => {
    folder = treeWith(templates)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('are there: a file and a row for each kind', () => {
    expect(pages.length).toBe(9)
    expect(templates.filter(({ files, rows }) => files.length === 0 || rows.length === 0)).toEqual([])
    expect(specs.length).toBeGreaterThan(6)
  })

  it('type-check and build, each as a file and its rows', () => {
    expect(runIn(folder, 'npm', 'run', '--silent', 'build')).toEqual({ status: 0, output: '' })
    expect(runIn(folder, `${root}/node_modules/.bin/tsc`, '-p', 'tsconfig.specs.json', '--noEmit')).toEqual({
      status: 0,
      output: '',
    })
  }, 240_000)

  const train = (path: string, backend: string): Ran =>
    saddle('train', path, '--backend', backend, '--threads', '1', '--no-summary')
  const trained = { status: 0, output: expect.stringContaining('step 20/20') }

  describe.each(['reference', 'onnx'])('on %s', (backend) => {
    it.each(specs)('%s trains', (path) => expect(train(path, backend)).toEqual(trained))
  })

  it('a backend trains', () => expect(train('board.ts', 'rounded')).toEqual(trained))

  it('a metric stands in the summary', () => {
    const { output } = saddle('train', 'board.ts', '--backend', 'reference', '--summary-steps', '10')
    expect(output).toMatch(/spread +[\d.]+ times that of the data/)
  })

  it('a command answers', () => {
    expect(saddle('size', 'board.ts')).toEqual({ status: 0, output: expect.stringMatching(/G +\d+/) })
    expect(saddle('--help').output).toContain('size')
  })
})
