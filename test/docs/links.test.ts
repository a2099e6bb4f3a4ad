import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../types/tsc.ts'

const pages = [
  'README.md',
  ...readdirSync(`${root}/docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]

test.each(pages)('%s links to what is there', (page) => {
  const text = readFileSync(resolve(root, page), 'utf8')
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
  const missing = targets
    .filter((target) => !target.includes('://') && !target.startsWith('mailto:'))
    .filter((target) => !existsSync(resolve(root, dirname(page), target)))
  expect(missing).toEqual([])
})

test.each(pages)('%s names files of the repository that are there', (page) => {
  const text = readFileSync(resolve(root, page), 'utf8')
  const named = [...text.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([])
})
