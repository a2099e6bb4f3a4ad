import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../types/tsc.ts'

const packed: { readonly files: readonly string[] } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(resolve(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => (folder === '.' ? file : `${folder}/${file}`))

const sourceFolders = readdirSync(`${root}/src`, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ parentPath, name }) => relative(root, `${parentPath}/${name}`))

const pages = ['.', 'docs', 'src', ...sourceFolders].flatMap(markdownIn)

const textOf = (page: string): string => readFileSync(resolve(root, page), 'utf8')

/** Code is not a place for links or headings. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '')

interface Link {
  readonly file: string
  readonly anchor: string
}

const linksOf = (page: string): readonly Link[] =>
  [...prose(textOf(page)).matchAll(/\]\(([^)\s]*)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.includes('://') && !target.startsWith('mailto:'))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#')
      return { file: path === '' ? page : relative(root, resolve(root, dirname(page), path)), anchor }
    })

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    [...prose(textOf(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

const isPacked = (path: string): boolean => packed.files.some((file) => path === file || path.startsWith(`${file}/`))

test('there are pages, and links on them', () => {
  expect(pages.length).toBeGreaterThan(25)
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(50)
})

test.each(pages)('%s links to files and headings that exist', (page) => {
  const broken = linksOf(page).filter(
    ({ file, anchor }) =>
      !existsSync(resolve(root, file)) || (anchor !== '' && file.endsWith('.md') && !anchorsOf(file).has(anchor)),
  )
  expect(broken).toEqual([])
})

test.each(pages.filter(isPacked))('%s links to files that the package has too', (page) => {
  expect(linksOf(page).filter(({ file }) => !isPacked(file))).toEqual([])
})

test.each(pages)('%s names files of the repository that exist', (page) => {
  const named = [...textOf(page).matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([])
})
