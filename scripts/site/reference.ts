import { readFileSync } from 'node:fs'
import { titleOf, topicsOf } from '../reference/declarations.ts'
import type { PublicName } from '../reference/publicNames.ts'
import { stage, staged, write } from './files.ts'

/** What TypeDoc says of its pages. */
interface Branch {
  readonly title: string
  readonly kind?: number
  readonly path?: string
  readonly children?: readonly Branch[]
}

/** An entry of the site's sidebar. */
export interface Entry {
  readonly text: string
  readonly link?: string
  readonly collapsed?: boolean
  readonly items?: readonly Entry[]
}

/** TypeDoc names an entry point after its file. */
const entryPoints: { readonly [module: string]: string } = {
  index: 'saddlepoint',
  node: 'saddlepoint/node',
  promise: 'saddlepoint/promise',
}

const keyOf = (from: string, name: string): string => `${from} ${name}`

/** The paths of the pages below a branch, by what they explain. Branches without a path only group others. */
const pathsBelow = (branch: Branch, from: string, names: readonly string[]): readonly (readonly [string, string])[] => {
  const { title, path, children = [] } = branch
  const own = path === undefined ? names : [...names, title]
  const below = children.flatMap((child) => pathsBelow(child, from, own))
  return path === undefined ? below : [[keyOf(from, own.join('.')), path], ...below]
}

/** Two names that stand for the same declaration share one page. */
const declaration = ({ name, file }: PublicName): string => `${file} ${name.slice(name.lastIndexOf('.') + 1)}`

/** The page that explains each public name. Fails if TypeDoc made none for one of them. */
const pagesOf = (names: readonly PublicName[], navigation: readonly Branch[]) => {
  const paths = new Map(
    navigation.flatMap(({ title, children = [] }) =>
      children.flatMap((child) => pathsBelow(child, entryPoints[title] ?? title, [])),
    ),
  )
  const pathOf = ({ from, name }: PublicName) => paths.get(keyOf(from, name))
  const shared = new Map(
    names.flatMap((each) => {
      const path = pathOf(each)
      return path === undefined ? [] : [[declaration(each), path] as const]
    }),
  )
  return names.map((each) => {
    const own = pathOf(each)
    const path = own ?? shared.get(declaration(each))
    if (path === undefined) throw new Error(`TypeDoc made no page for ${each.name} of ${each.from}`)
    return { each, path, isOwn: own !== undefined }
  })
}

const firstSentence = (doc: string): string => {
  const flat = doc.replace(/\s+/g, ' ').trim()
  return /^.*?[.:;](?=\s|$)/.exec(flat)?.[0].replace(/[:;]$/, '.') ?? flat
}

/** Types that a signature speaks of and that can't be imported. */
const helpersOf = ({ helpers }: PublicName): string =>
  helpers.length === 0 ? '' : `\n## Types it speaks of\n\n\`\`\`ts\n${helpers.join('\n\n')}\n\`\`\`\n`

const indexHead = `---
outline: 2
---

# Reference

Every public name, by topic. In the examples, \`D\`, \`G\`, \`x\`, \`z\`, \`fake\`, \`spec\` and \`parts\` are those of
[one ordinary game](../test/docs/exampleContext.ts).

`

const apiPage = '---\npageClass: api\n---\n\n'

/** The example stands before the tables of parameters. */
const withExampleFirst = (text: string): string => {
  const sections = text.split(/^(?=## )/m)
  const [head = '', ...others] = sections
  const isExample = (section: string): boolean => section.startsWith('## Example')
  return [head, ...others.filter(isExample), ...others.filter((section) => !isExample(section))]
    .map((section) => `${section.trimEnd()}\n`)
    .join('\n')
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '\\<').replaceAll('{', '\\{')

/** Completes TypeDoc's pages, adds an index by topic, and returns the sidebar of the reference. */
export const stageReference = (
  names: readonly PublicName[],
  navigationFile: string,
  done: Set<string>,
): readonly Entry[] => {
  const pages = pagesOf(names, JSON.parse(readFileSync(navigationFile, 'utf8')))
  for (const { each, path } of pages.filter(({ isOwn }) => isOwn)) {
    const file = `${staged}/api/${path}`
    const text = readFileSync(file, 'utf8').replace(/(?:\\?_){2}namedParameters/g, 'options')
    const from = `\n\`import { ${each.name.replace(/\..*/, '')} } from '${each.from}'\` · ${titleOf(each)}\n`
    write(file, `${apiPage}${withExampleFirst(text.replace(/^(# .*\n)/, `$1${from}`))}${helpersOf(each)}`)
  }
  const topics = topicsOf(names)
  const of = (topic: string) => pages.filter(({ each }) => titleOf(each) === topic)
  const tables = topics.map((topic) => {
    const rows = of(topic).map(
      ({ each, path }) => `| [\`${each.name}\`](${path}) | ${escaped(firstSentence(each.doc))} |`,
    )
    return `## ${topic}\n\n| Name | |\n| :--- | :--- |\n${rows.join('\n')}\n`
  })
  stage('api/index.md', `${indexHead}${tables.join('\n')}`, done)
  const sidebar = topics.map((topic) => ({
    text: topic,
    collapsed: true,
    items: of(topic).map(({ each, path }) => ({ text: each.name, link: `/api/${path}` })),
  }))
  return [{ text: 'All names', link: '/api/' }, ...sidebar]
}
