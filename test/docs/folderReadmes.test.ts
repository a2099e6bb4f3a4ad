import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../types/tsc.ts'

const folders = [
  `${root}/src`,
  ...readdirSync(`${root}/src`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => `${parentPath}/${name}`),
]

test.each(folders)('%s has a README of a few lines, which names files that exist', (folder) => {
  const text = readFileSync(`${folder}/README.md`, 'utf8')
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(6)
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|md))`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(`${folder}/${path}`) && !existsSync(`${root}/${path}`))).toEqual([])
})
