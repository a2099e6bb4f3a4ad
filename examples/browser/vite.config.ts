import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))

/** A page that is isolated from other sites' scripts may have threads. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

export default defineConfig({
  base: './',
  resolve: {
    alias: [
      { find: /^saddlepoint$/, replacement: source('index.ts') },
      { find: /^#backends$/, replacement: source('backends/start/web.ts') },
    ],
  },
  worker: { format: 'es' },
  build: { outDir: '../../node_modules/.cache/saddlepoint/example', emptyOutDir: true },
  server: { headers: isolation },
  preview: { headers: isolation },
})
