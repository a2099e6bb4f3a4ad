import { spawnSync } from 'node:child_process'
import { type PublicName, root } from './publicNames.ts'

/** Under which topic the reference explains what the files of a folder of `src` declare; topics in order. */
const titles: { readonly [folder: string]: string } = {
  'dsl/networks': 'Networks',
  'dsl/initializers': 'Networks',
  'dsl/layers': 'Layers',
  'dsl/sources': 'Sources',
  'dsl/objectives': 'Games',
  spec: 'Games',
  losses: 'Losses and penalties',
  views: 'Views',
  optimizers: 'Optimizers',
  dynamics: 'Dynamics',
  'dsl/terms': 'Expressions',
  'dsl/printing': 'Expressions',
  'dsl/types': 'Expressions',
  algebra: 'Theory',
  theory: 'Theory',
  run: 'Training',
  storage: 'Runs in folders',
  io: 'Data files',
  'io/formats': 'Data files',
  data: 'Data files',
  measure: 'Measurements',
  'backends/core': 'Programs and backends',
  'backends/start': 'Programs and backends',
  compile: 'Programs and backends',
  ir: 'Programs and backends',
  'dsl/names': 'Programs and backends',
  errors: 'Errors',
}

export const titleOf = ({ file }: PublicName): string => titles[file.slice(0, file.lastIndexOf('/'))] ?? file

/** The topics that have names, in the order in which a spec is written and run. */
export const topicsOf = (names: readonly PublicName[]): readonly string[] => {
  const used = new Set(names.map(titleOf))
  return [...new Set(Object.values(titles))].filter((title) => used.has(title))
}

/** Declarations, formatted by Biome in one call. */
export const formatted = (declarations: readonly string[]): readonly string[] => {
  const between = '// next'
  const { stdout, stderr, status } = spawnSync(
    `${root}node_modules/.bin/biome`,
    ['format', '--stdin-file-path=reference.d.ts'],
    { cwd: root, encoding: 'utf8', input: declarations.join(`\n${between}\n`) },
  )
  if (status !== 0) throw new Error(`the declarations can't be formatted:\n${stderr}`)
  return stdout.split(`${between}\n`)
}

/** `declare const dense: ...` of a value; the declaration itself of a type. */
export const declarationOf = ({ name, kind, text }: PublicName): string =>
  kind === 'value' ? `declare const ${name.slice(name.lastIndexOf('.') + 1)}: ${text}` : text
