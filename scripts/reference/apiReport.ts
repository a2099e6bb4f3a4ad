import { declarationOf, formatted } from './declarations.ts'
import type { PublicName } from './publicNames.ts'

const intro = `# API report

Every public name with its signature, one section per entry point. A test compares this file with the sources, so that a
change of the public surface shows in review. \`npm run api\` writes it anew.
`

const byName = (a: PublicName, b: PublicName): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** A member of a namespace is declared under its full name. */
const entryOf = (each: PublicName, declaration: string): string =>
  each.kind === 'namespace' ? `namespace ${each.name}` : `// ${each.name}\n${declaration.trim()}`

/** The public surface as Markdown: the names of each entry point in alphabetical order, each with its signature. */
export const apiReport = (names: readonly PublicName[]): string => {
  const sorted = [...names].sort(byName)
  const declarations = formatted(sorted.map((each) => (each.kind === 'namespace' ? '' : declarationOf(each))))
  const entries = sorted.map((each, i) => ({ each, text: entryOf(each, declarations[i] ?? '') }))
  const sections = [...new Set(names.map(({ from }) => from))].map((from) => {
    const own = entries.filter(({ each }) => each.from === from)
    return `## ${from}: ${own.length} names\n\n\`\`\`ts\n${own.map(({ text }) => text).join('\n\n')}\n\`\`\`\n`
  })
  return [intro, ...sections].join('\n')
}
