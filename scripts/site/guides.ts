import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { root } from '../reference/publicNames.ts'

/** A page of the repository that the site shows, by its path from the root. */
export interface Guide {
  readonly path: string
  readonly title: string
}

/** The sections of the sidebar, and their pages in the order in which a newcomer reads them. */
const order: { readonly [section: string]: readonly string[] } = {
  Start: ['README', 'docs/worked-example', 'docs/features', 'docs/glossary', 'CHANGELOG'],
  Guide: [
    'docs/language',
    'docs/data',
    'docs/reading-a-run',
    'docs/troubleshooting',
    'docs/games',
    'docs/helpers',
    'docs/backends',
    'docs/browser',
    'docs/performance',
    'docs/reliability',
  ],
  Theory: ['docs/theory', 'docs/dynamics'],
  Reproductions: ['docs/reproductions'],
  Contributing: ['CONTRIBUTING', 'docs/architecture', 'docs/style', 'SECURITY'],
}

const adding = 'docs/adding-'

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(`${root}${folder}`).filter((file) => file.endsWith('.md'))

/** Every page: those at the root that the package has too, and all of `docs`. */
const paths = (): readonly string[] => [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'].filter((file) => existsSync(`${root}${file}`)),
  ...markdownIn('docs').map((file) => `docs/${file}`),
]

const guideAt = (path: string): Guide => ({
  path,
  title: /^# (.*)$/m.exec(readFileSync(`${root}${path}`, 'utf8'))?.[1] ?? path,
})

export interface Section {
  readonly title: string
  readonly guides: readonly Guide[]
}

/** The sections with their pages. A page that `order` does not name stands at the end of the guide. */
export const sections = (): readonly Section[] => {
  const all = paths()
  const named = new Set(Object.values(order).flatMap((names) => names.map((name) => `${name}.md`)))
  const others = all.filter((path) => !named.has(path) && !path.startsWith(adding))
  const ordered = Object.entries(order).map(([title, names]) => {
    const present = names.map((name) => `${name}.md`).filter((path) => all.includes(path))
    return { title, guides: [...present, ...(title === 'Guide' ? others : [])].map(guideAt) }
  })
  return [...ordered, { title: 'Adding', guides: all.filter((path) => path.startsWith(adding)).map(guideAt) }]
}
