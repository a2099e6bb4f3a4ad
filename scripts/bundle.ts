/**
 * Bundles what Node runs: the command line, and the library that a spec or a program imports. They share their chunks, so the
 * command line and the specs that it loads see one library. For bundlers the library stays a file for each module.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Loaded when they are asked for, from where the user installed them. */
const external = ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/*', 'koffi', 'webgpu', 'jiti']

/** Packages of CommonJS that are bundled call it. */
const banner = `import { createRequire as createRequireHere } from 'node:module'
const require = createRequireHere(import.meta.url)`

const bundle = async (): Promise<Metafile> => {
  rmSync(join(root, 'dist/bundled'), { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      'cli/main': 'src/cli/main.ts',
      'bundled/index': 'src/index.ts',
      'bundled/node': 'src/node.ts',
      'bundled/promise': 'src/promise.ts',
      'bundled/losses': 'src/losses/losses.ts',
      'bundled/penalties': 'src/losses/penalties.ts',
      'bundled/views': 'src/views/views.ts',
    },
    outdir: 'dist',
    chunkNames: 'bundled/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external,
    alias: {
      '#backends': './src/backends/start/node.ts',
      '#fp-ts': 'fp-ts/es6',
      '#io-ts': 'io-ts/es6/index.js',
    },
    banner: { js: banner },
    metafile: true,
    logLevel: 'warning',
  })
  return metafile
}

/** The packages whose code is in a bundle. */
const packagesIn = ({ inputs }: Metafile): readonly string[] => {
  const names = Object.keys(inputs).flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [])
  return [...new Set(names)].sort()
}

/** Their licences ask to be kept with the code. */
const licenceOf = (name: string): string => {
  const folder = join(root, 'node_modules', name)
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${name} has no licence that could be shipped with it`)
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}

const packages = packagesIn(await bundle())
writeFileSync(join(root, 'dist/bundled/LICENSES.txt'), packages.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`))
