import { readFileSync } from 'node:fs'
import { root } from '../reference/publicNames.ts'

const first = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`README.md has nothing that matches ${pattern}`)
  return found
}

/** The text below a heading, up to the next heading of its level. */
const below = (text: string, heading: string): string =>
  first(text, new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## )`, 'm'))

/** Why to use it: the headings of README.md's reasons, each in a sentence. */
const features: readonly (readonly [string, string])[] = [
  [
    'The types know the shapes',
    'A discriminator that takes another shape than the generator makes does not compile, and the message names both.',
  ],
  [
    'The theory stands beside the game',
    'The optimal discriminator and the divergence that the generator minimises follow from your objective, your own losses included.',
  ],
  ['A run resumes exactly', 'An interrupted run goes on as if nothing had happened, bit for bit.'],
]

/** The front page, from README.md: its first sentence, its picture, its commands and its code. */
export const home = (): string => {
  const readme = readFileSync(`${root}README.md`, 'utf8')
  const alt = first(readme, /!\[([^\]]*)\]/)
  return `---
layout: home
hero:
  name: Saddlepoint
  text: GANs, declared
  tagline: ${JSON.stringify(first(readme, /^# .*\n\n(.*)$/m))}
  image:
    src: /ring.png
    alt: ${JSON.stringify(alt)}
  actions:
    - theme: brand
      text: Start
      link: /README
    - theme: alt
      text: The language
      link: /docs/language
    - theme: alt
      text: Reference
      link: /api/
features:
${features.map(([title, details]) => `  - title: ${title}\n    details: ${details}`).join('\n')}
---

<div class="start">

## Start

${below(readme, 'Start')
  .split('\n\n')
  .filter((part) => part.trim().startsWith('```'))
  .join('\n\n')}

## A game

${below(readme, 'A game').split(/^```$/m)[0]?.trim()}
\`\`\`

</div>
`
}

/** The file of the picture that README.md begins with. */
export const picture = (): string => first(readFileSync(`${root}README.md`, 'utf8'), /!\[[^\]]*\]\(([^)]*)\)/)
