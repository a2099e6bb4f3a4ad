import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files that the libraries of backends ask for beside the scripts. */
const wasmFolders = ['onnxruntime-web/dist', '@tensorflow/tfjs-backend-wasm/dist'].map((path) =>
  join(root, 'node_modules', path),
)

export interface BundledPage {
  /** What it is to be served from. */
  readonly folders: readonly string[]
  readonly remove: () => Promise<void>
}

/** A page that loads a module of this project, and nothing else. */
export const bundlePage = async (module: string): Promise<BundledPage> => {
  const folder = await mkdtemp(join(tmpdir(), 'saddle-page-'))
  await build({
    absWorkingDir: root,
    entryPoints: { page: module },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    alias: { saddlepoint: './src/index.ts', '#backends': './src/backends/start/web.ts' },
  })
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
  return { folders: [folder, ...wasmFolders], remove: () => rm(folder, { recursive: true }) }
}
