/** Writes the reference, `docs/api`: `npm run docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { pages } from './reference/pages.ts'
import { publicNames, root } from './reference/publicNames.ts'

const folder = `${root}docs/api`
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const written = Object.entries(pages(publicNames()))
for (const [file, text] of written) writeFileSync(`${folder}/${file}`, text)
console.log(`docs/api: ${written.length} pages`)
