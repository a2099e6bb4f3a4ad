import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundlers } from './bundlers.ts'
import { createProject, type Project } from './project.ts'

/** Kilobytes, compressed, that a page loads at once: a tenth more than they were when this was written. */
const budgets = { declare: 33, compile: 74, train: 90 } as const

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
