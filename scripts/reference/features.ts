import { readdirSync, readFileSync } from 'node:fs'
import { catalogue, placeNames } from '../../src/backends/start/catalogue.ts'
import { commands } from '../../src/cli/commands.ts'
import { type PublicName, root } from './publicNames.ts'

/** A section of the page: the public values that it lists. */
interface Section {
  readonly title: string
  readonly intro: string
  readonly has: (name: PublicName) => boolean
}

const inFolder =
  (folder: string) =>
  ({ file }: PublicName): boolean =>
    file.startsWith(folder)

const inNamespace =
  (namespace: string) =>
  ({ name }: PublicName): boolean =>
    name.startsWith(`${namespace}.`)

/** The kinds of the language, in the order in which a spec names them. */
const sections: readonly Section[] = [
  {
    title: 'Layers',
    intro: 'Networks are pipes of layers. See [the language](language.md).',
    has: inFolder('dsl/layers/'),
  },
  {
    title: 'Initialisers',
    intro: 'How parameters start: `dense(128, { init: init.orthogonal() })`.',
    has: inNamespace('init'),
  },
  {
    title: 'Sources',
    intro: 'Where latents and data come from. See [your own data](data.md).',
    has: inFolder('dsl/sources/'),
  },
  {
    title: 'Losses',
    intro: 'What the players minimise. See [the theory](theory.md).',
    has: inNamespace('losses'),
  },
  {
    title: 'Penalties',
    intro: 'What a player pays beside its loss, at every step or at every k-th (`every`).',
    has: inNamespace('penalties'),
  },
  {
    title: 'Views',
    intro: 'What the discriminator sees in place of a sample, and other changes to its input.',
    has: inFolder('views/'),
  },
  { title: 'Optimizers', intro: 'How a player turns gradients into updates.', has: inFolder('optimizers/') },
  {
    title: 'Schedules',
    intro: 'Rates and coefficients that change with the step.',
    has: inNamespace('schedules'),
  },
  {
    title: 'Dynamics',
    intro: 'In which order, and by which gradients, the players move. See [dynamics](dynamics.md).',
    has: inFolder('dynamics/'),
  },
  {
    title: 'Theory',
    intro: 'What follows from an objective, on paper. See [the theory](theory.md).',
    has: inFolder('theory/'),
  },
  { title: 'Measurements', intro: 'What can be computed over a trained game.', has: inFolder('measure/') },
]

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim()

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** The first paragraph of a comment. */
const firstParagraph = (text: string): string => text.split(/\n\s*\n/)[0] ?? ''

const sectionText = (names: readonly PublicName[], { title, intro, has }: Section): string => {
  const rows = names
    .filter((each) => each.kind === 'value' && each.from === 'saddlepoint' && has(each))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, doc }) => [`\`${name}\``, firstParagraph(doc)])
  if (rows.length === 0) throw new Error(`broken invariant: no public name belongs to '${title}'`)
  return `## ${title}\n\n${intro}\n\n${table(['Name', 'What it is, and its source'], rows)}`
}

const backendRows = (): readonly (readonly string[])[] =>
  Object.entries(catalogue).map(([name, { places, packages }]) => [
    `\`${name}\``,
    places.map((place) => placeNames[place]).join(', '),
    packages.map((each) => `\`${each}\``).join(', '),
  ])

const commandRows = (): readonly (readonly string[])[] =>
  Object.entries(commands)
    .filter(([, command]) => !('hidden' in command))
    .map(([name, { usage, summary }]) => [`\`saddle ${name} ${usage}\``, summary])

/** The comment at the head of an example says which paper it follows. */
const exampleRows = (): readonly (readonly string[])[] =>
  readdirSync(`${root}examples`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(`${root}examples/${file}`, 'utf8'))?.[1]
      if (comment === undefined) throw new Error(`broken invariant: examples/${file} begins with no comment`)
      return [`[${file.slice(0, -3)}](../examples/${file})`, comment.replace(/\n \* ?/g, ' ')]
    })

const intro = `# Features

Everything that a spec can name, with the source of each. \`npm run features\` writes this page from the tables of kinds and
their comments; a test compares it with them.`

/** The page \`docs/features.md\`. */
export const features = (names: readonly PublicName[]): string =>
  [
    intro,
    ...sections.map((section) => sectionText(names, section)),
    `## Backends\n\nSee [backends](backends.md).\n\n${table(['Name', 'Runs in', 'Packages'], backendRows())}`,
    `## Commands\n\nEach has \`--help\`.\n\n${table(['Command', 'What it does'], commandRows())}`,
    `## Example games\n\n${table(['Example', 'What it is, and its source'], exampleRows())}`,
  ].join('\n\n') + '\n'
