import { spawnSync } from 'node:child_process'
import { type PublicName, root } from './publicNames.ts'

/** Which page explains what the files of a folder of `src` declare. */
const titles: { readonly [folder: string]: string } = {
  'dsl/terms': 'Expressions',
  'dsl/objectives': 'Games',
  'dsl/printing': 'Expressions',
  'dsl/types': 'Expressions',
  'dsl/names': 'Programs and backends',
  'dsl/networks': 'Networks',
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
  backends: 'Programs and backends',
  errors: 'Errors',
  io: 'Data files',
  'io/formats': 'Data files',
  data: 'Data files',
  run: 'Training',
  storage: 'Runs in folders',
  measure: 'Measurements',
}

export const titleOf = ({ file }: PublicName): string => titles[file.slice(0, file.lastIndexOf('/'))] ?? file

const fileOf = (title: string): string => `${title.toLowerCase().replaceAll(' ', '-')}.md`

/** As GitHub names the place of a heading. */
const anchorOf = (name: string): string => name.toLowerCase().replaceAll('.', '')

const code = (text: string): string => `\`\`\`ts\n${text.trim()}\n\`\`\``

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

const section = ({ name, kind, from, doc, examples, helpers }: PublicName, declaration: string): string => {
  const parts = [
    `## ${name}`,
    ...(from === 'saddlepoint' ? [] : [`From \`${from}\`.`]),
    doc,
    ...(kind === 'namespace' ? [] : [code([declaration, ...helpers].join('\n'))]),
    ...examples.map(code),
  ]
  return parts.join('\n\n')
}

/** The reference: pages by the names of their files, and among them the index. */
export const pages = (names: readonly PublicName[]): { readonly [file: string]: string } => {
  const declarations = formatted(names.map(declarationOf))
  const sections = names.map((each, i) => ({ each, text: section(each, declarations[i] ?? '') }))
  const all = [...new Set(names.map(titleOf))].sort()
  const index = all.map((title) => {
    const links = names
      .filter((each) => titleOf(each) === title)
      .map(({ name }) => `[${name}](${fileOf(title)}#${anchorOf(name)})`)
    return `## [${title}](${fileOf(title)})\n\n${links.join(' · ')}`
  })
  const page = (title: string): string =>
    sections
      .filter(({ each }) => titleOf(each) === title)
      .map(({ text }) => text)
      .join('\n\n')
  return {
    'README.md': `# Reference\n\nMade from the sources' own comments by \`npm run docs\`.\n\n${index.join('\n\n')}\n`,
    ...Object.fromEntries(all.map((title) => [fileOf(title), `# ${title}\n\n${page(title)}\n`])),
  }
}
