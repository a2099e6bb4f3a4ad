import * as esbuild from 'esbuild'
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

/** Kilobytes, minified, of single things of the language: what they don't need is left out. */
const parts = { dense: 12 } as const

describe('one thing of the language by itself', () => {
  let project: Project | undefined
  beforeAll(async () => {
    project = await createProject({ libraries: false })
  }, 120_000)
  afterAll(() => project?.remove())

  test.each(Object.entries(parts))('%s takes less than %i kB, minified', async (entry, budget) => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: project?.folder ?? '',
      entryPoints: [`entries/${entry}.ts`],
      bundle: true,
      format: 'esm',
      minify: true,
      write: false,
      logLevel: 'silent',
    })
    const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes / 1000).toBeLessThan(budget)
  })
})
