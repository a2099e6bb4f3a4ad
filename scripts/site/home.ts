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

/** A reason: its heading, and its first sentences as prose. */
const reasons = (text: string): readonly string[] =>
  [...below(text, 'Why').matchAll(/^### (.*)\n\n(.*)/gm)].map(
    ([, title = '', lead = '']) =>
      `  - title: ${JSON.stringify(title)}\n    details: ${JSON.stringify(detailOf(lead))}`,
  )

const detailOf = (lead: string): string =>
  lead
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replace(/:$/, '.')

/** The front page, from README.md: its first sentence, its picture, its commands, its code and its reasons. */
export const home = (): string => {
  const readme = readFileSync(`${root}README.md`, 'utf8')
  const picture = /!\[([^\]]*)\]\(([^)]*)\)/.exec(readme)
  const [, alt = '', path = ''] = picture ?? []
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
${reasons(readme).join('\n')}
---

<!-- picture: ${path} -->

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
