import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

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
    include: ['test/**/*.test.ts'],
    exclude: process.env.LONG ? [] : ['test/long/**'],
    // A game of images takes a GPU that is played by the CPU most of a minute, where the machine has nothing else to do.
    testTimeout: process.env.CONFORMANCE ? 240_000 : 120_000,
    maxWorkers: 2,
    reporters: ['default', './test/countReporter.ts'],
  },
})
