import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Entry {
  readonly resolved?: string
  readonly optionalDependencies?: { readonly [name: string]: string }
}
const lock: { readonly packages: { readonly [path: string]: Entry } } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
)
const paths = Object.keys(lock.packages)

test('the lock file names every platform, or npm ci of newer versions refuses it', () => {
  const named = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([])
})

test('the lock file names no registry', () => {
  expect(paths.filter((path) => lock.packages[path]?.resolved !== undefined)).toEqual([])
})
