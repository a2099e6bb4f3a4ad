import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** The folders of src from the ground up: each imports only from lines above its own, types included. */
const layers: readonly (readonly string[])[] = [
  ['errors'],
  ['ir'],
  ['codecs'],
  ['io'],
  ['dsl/types'],
  ['dsl/names'],
  ['dsl/terms'],
  ['dsl/printing'],
  ['dsl/sources'],
  ['dsl/initializers'],
  ['dsl/networks'],
  ['dsl/layers'],
  ['dsl/objectives'],
  ['algebra'],
  ['losses', 'optimizers', 'dynamics', 'views'],
  ['spec'],
  ['compile', 'theory', 'backends', 'data', 'draw'],
  ['run'],
  ['storage'],
  ['measure'],
  ['reproductions'],
  ['cli'],
]

/** What a backend imports: it knows programs, and nothing of games. */
const belowBackends = ['errors', 'ir', 'codecs', 'io']

/** Where files may import each other: a table and its rows, whose types follow from one another, lie in one folder. */
const tables = ['ir', 'dsl/terms', 'dsl/sources', 'optimizers', 'dynamics']

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
    .map(([, path]) => normalize(join(dirname(file), path ?? '')))
    .filter((path) => path !== file && existsSync(join('src', path)))

const imports = new Map(files.map((file) => [file, importsOf(file)]))

/** `dsl/terms` of `dsl/terms/term.ts`, `ir` of `ir/ops/op.ts`; empty for the doors of the package. */
const folderOf = (file: string): string => {
  const [first = '', second = '', ...rest] = file.split('/')
  if (second === '') return ''
  return first === 'dsl' && rest.length > 0 ? `${first}/${second}` : first
}

const arrows = [...imports].flatMap(([file, paths]) =>
  paths
    .map((path) => ({ file, path, from: folderOf(file), to: folderOf(path) }))
    .filter(({ from, to }) => from !== '' && from !== to),
)

const heightOf = (folder: string): number => layers.findIndex((names) => names.includes(folder))

test('every folder has its layer', () => {
  const folders = new Set(files.map(folderOf))
  folders.delete('')
  expect([...folders].filter((folder) => heightOf(folder) < 0)).toEqual([])
  expect(layers.flat().filter((folder) => !folders.has(folder))).toEqual([])
})

test('a folder imports only what stands below it', () => {
  const wrong = arrows.filter(({ from, to }) => heightOf(to) >= heightOf(from))
  expect(wrong.map(({ file, path }) => `${file} imports ${path}`)).toEqual([])
})

test('backends import programs, codecs and files alone', () => {
  const wrong = arrows.filter(({ from, to }) => from === 'backends' && !belowBackends.includes(to))
  expect(wrong.map(({ file, path }) => `${file} imports ${path}`)).toEqual([])
})

/** All that a file reaches by imports. */
const reached = (file: string): ReadonlySet<string> => {
  const found = new Set(imports.get(file))
  for (const next of found) for (const path of imports.get(next) ?? []) found.add(path)
  return found
}

test('files import each other in a circle only inside the table of a kind', () => {
  const reach = new Map(files.map((file) => [file, reached(file)]))
  const circles = new Set(
    files
      .filter((file) => reach.get(file)?.has(file))
      .map((file) => files.filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file)).sort())
      .filter((circle) => !tables.some((table) => circle.every((file) => file.startsWith(`${table}/`))))
      .map((circle) => circle.join(' ')),
  )
  expect([...circles]).toEqual([])
})
