import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Files that replace a module or a variable of the environment: no other file may see it. */
const isolated = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter(
    (file) =>
      file.endsWith('.test.ts') &&
      /\bvi\.(mock|doMock|stub)|process\.env\.\w+ = |delete process\.env/.test(readFileSync(`test/${file}`, 'utf8')),
  )
  .map((file) => `test/${file}`)

/** Each starts a device of its own in its process. */
const conformance = ['test/conformance/**/*.test.ts']

const long = process.env.LONG ? [] : ['test/long/**']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^#backends$/, replacement: source('./src/backends/start/node.ts') },
      { find: /^saddlepoint\/promise$/, replacement: source('./src/promise.ts') },
      { find: /^saddlepoint\/node$/, replacement: source('./src/node.ts') },
      { find: /^saddlepoint\/losses$/, replacement: source('./src/losses/losses.ts') },
      { find: /^saddlepoint\/penalties$/, replacement: source('./src/losses/penalties.ts') },
      { find: /^saddlepoint\/views$/, replacement: source('./src/views/views.ts') },
      { find: /^saddlepoint$/, replacement: source('./src/index.ts') },
    ],
  },
  test: {
    // Modules hold no state, so that the files of one worker share them: loading them anew for each takes half of the time.
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...isolated, ...conformance, ...long],
        },
      },
      { extends: true, test: { name: 'isolated', include: [...isolated, ...conformance], exclude: long } },
    ],
    // A game of images takes a GPU that is played by the CPU most of a minute, where the machine has nothing else to do.
    testTimeout: process.env.CONFORMANCE ? 240_000 : 120_000,
    maxWorkers: 2,
    reporters: ['default', './test/countReporter.ts'],
  },
})
