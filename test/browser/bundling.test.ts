import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundlers } from './bundlers.ts'
import { createProject, type Project } from './project.ts'

/** Kilobytes, compressed, that a page loads at once: a tenth more than they were when this was written. */
const budgets = { declare: 33, compile: 82, train: 99 } as const

const names = ['esbuild', 'vite'] as const

describe.each([
  {
    libraries: true,
    title: 'a page with the libraries of backends',
    entries: ['declare', 'compile', 'train'] as const,
  },
  { libraries: false, title: 'a page without them', entries: ['train'] as const },
])('$title', ({ libraries, entries }) => {
  let project: Project | undefined
  beforeAll(async () => {
    project = await createProject({ libraries })
  }, 120_000)
  afterAll(() => project?.remove())

  test.each(names.flatMap((name) => entries.map((entry) => [name, entry] as const)))(
    '%s bundles `%s` without a complaint, and small',
    async (name, entry) => {
      const { complaints, size } = await bundlers[name](project?.folder ?? '', `entries/${entry}.ts`)
      console.log(`${name}, ${entry}: ${(size / 1000).toFixed(1)} kB`)
      expect(complaints).toEqual([])
      expect(size / 1000).toBeLessThan(budgets[entry])
    },
  )
})

/**
 * Kilobytes, minified, of parts of the language: what they don't need is left out. esbuild keeps all of a namespace that a
 * package passes on (`import { losses } from 'saddlepoint'`), and drops what is not used of one that is a module's own.
 */
const parts = [
  { entry: 'dense', budget: 12, by: names },
  { entry: 'hinge', budget: 8, by: names },
  { entry: 'hingeOfIndex', budget: 8, by: ['vite'] },
  { entry: 'ring', budget: 40, by: names },
  { entry: 'ringOfIndex', budget: 40, by: ['vite'] },
] as const

describe('a part of the language by itself', () => {
  let project: Project | undefined
  beforeAll(async () => {
    project = await createProject({ libraries: false })
  }, 120_000)
  afterAll(() => project?.remove())

  test.each(parts.flatMap(({ entry, budget, by }) => by.map((name) => [name, entry, budget] as const)))(
    '%s: `%s` takes less than %i kB, minified',
    async (name, entry, budget) => {
      const { complaints, minified } = await bundlers[name](project?.folder ?? '', `entries/${entry}.ts`)
      console.log(`${name}, ${entry}: ${(minified / 1000).toFixed(1)} kB minified`)
      expect(complaints).toEqual([])
      expect(minified / 1000).toBeGreaterThan(1)
      expect(minified / 1000).toBeLessThan(budget)
    },
  )
})
