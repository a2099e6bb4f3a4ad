import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from '../reference/publicNames.ts'

export const site = `${root}site`

/** Where the site's pages are put together, from `docs`, the reference and the sources that they link to. */
export const staged = `${site}/.pages`

export const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The fence is longer than any in the text. */
const shown = (path: string): string => {
  const language = path.slice(path.lastIndexOf('.') + 1).replace('cff', 'yaml')
  return `# ${path}\n\n\`\`\`\`\`${language}\n${readFileSync(`${root}${path}`, 'utf8').trimEnd()}\n\`\`\`\`\`\n`
}

const isHidden = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

const listed = (folder: string): string => {
  const files = readdirSync(`${root}${folder}`, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !isHidden(entry.name),
  )
  return `# ${folder}\n\n${files.map(({ name }) => `- [${name}](${name})`).join('\n')}\n`
}

/** Where a link of a page leads on the site. A file that is no page or picture is shown as a page, and a folder as a list. */
const targetOf = (page: string, link: string): { readonly file: string; readonly target: string } | undefined => {
  const [path = '', anchor] = link.split('#')
  const file = relative(root, join(root, dirname(page), path))
  if (path === '' || link.includes('://') || !existsSync(`${root}${file}`)) return undefined
  const end = anchor === undefined ? '' : `#${anchor}`
  if (statSync(`${root}${file}`).isDirectory()) return { file, target: `${path.replace(/\/$/, '')}/index.md${end}` }
  return { file, target: /\.(md|png|svg)$/.test(file) ? link : `${path}.md${end}` }
}

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, (code) => code.replace(/[^\n]/g, ' '))

/** Stages a page, and whatever it links to. */
export const stage = (page: string, text: string, done: Set<string>): void => {
  if (done.has(page)) return
  done.add(page)
  const prose = withoutCode(text)
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].toReversed()
  const changed = links.reduce((all, { 1: link = '', index }) => {
    const found = targetOf(page, link)
    if (found === undefined) return all
    follow(found.file, done)
    return `${all.slice(0, index)}](${found.target})${all.slice(index + link.length + 3)}`
  }, text)
  write(`${staged}/${page}`, changed)
}

const follow = (file: string, done: Set<string>): void => {
  const whole = `${root}${file}`
  if (statSync(whole).isDirectory()) stage(`${file}/index.md`, listed(file), done)
  else if (file.endsWith('.md')) stage(file, readFileSync(whole, 'utf8'), done)
  else if (/\.(png|svg)$/.test(file)) cpSync(whole, `${staged}/${file}`)
  else stage(`${file}.md`, shown(file), done)
}
