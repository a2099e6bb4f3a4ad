import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const idsIn = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id))

/** Links of a built site that lead to no file or to no place in it, and what a page would load from elsewhere. */
export const brokenLinks = (folder: string): readonly string[] => {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))
  const html = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]))
  const ids = new Map([...html].map(([page, text]) => [page, idsIn(text)]))
  const leads = (page: string, link: string): boolean => {
    const [path = '', anchor = ''] = decodeURI(link).split('#')
    const file = path === '' ? page : path.startsWith('/') ? path.slice(1) : join(dirname(page), path)
    const found = [file, join(file, 'index.html')].find((each) => html.has(each))
    if (found === undefined) return file !== '' && existsSync(join(folder, file))
    return anchor === '' || (ids.get(found)?.has(anchor) ?? false)
  }
  return [...html].flatMap(([page, text]) => {
    const links = [...text.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'))
    const dead = links.filter((link) => !/^[a-z]+:/.test(link) && !leads(page, link))
    const foreign = [...text.matchAll(/<(?:script|link|img)\s[^>]*?(?:src|href)="(https?:[^"]*)"/g)].map(
      ([, url]) => url,
    )
    return [...new Set([...dead, ...foreign])].map((link) => `${page}: ${link}`)
  })
}
