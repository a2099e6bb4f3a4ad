import { spawnSync } from 'node:child_process'
import { type PublicName, root } from './publicNames.ts'

/** Under which topic the reference explains what the files of a folder of `src` declare. */
const titles: { readonly [folder: string]: string } = {
  'dsl/terms': 'Expressions',
  'dsl/objectives': 'Games',
  'dsl/printing': 'Expressions',
  'dsl/types': 'Expressions',
  'dsl/names': 'Programs and backends',
  'dsl/networks': 'Networks',
  'dsl/initializers': 'Networks',
  'dsl/layers': 'Layers',
  'dsl/sources': 'Sources',
  spec: 'Games',
  algebra: 'Theory',
  theory: 'Theory',
  losses: 'Losses and penalties',
  optimizers: 'Optimizers',
  dynamics: 'Dynamics',
  views: 'Views',
  compile: 'Programs and backends',
  ir: 'Programs and backends',
  'backends/core': 'Programs and backends',
  'backends/start': 'Programs and backends',
  errors: 'Errors',
  io: 'Data files',
  'io/formats': 'Data files',
  data: 'Data files',
  run: 'Training',
  storage: 'Runs in folders',
  measure: 'Measurements',
}

export const titleOf = ({ file }: PublicName): string => titles[file.slice(0, file.lastIndexOf('/'))] ?? file

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
