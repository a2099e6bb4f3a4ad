import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as vite from 'vite'

/** What a bundler made of a module of a project. */
export interface Bundled {
  /** Where it is, with a page if the project's page loads the module. */
  readonly folder: string
  /** Bytes, compressed, of what is loaded at once: not what is loaded when it is asked for. */
  readonly size: number
  /** The same before it is compressed: minified. */
  readonly minified: number
  readonly complaints: readonly string[]
}

/** Bundles for a browser as one does who has read no more than the bundler's first page. */
export type Bundler = (project: string, entry: string) => Promise<Bundled>

const sizesOf = async (folder: string, files: readonly string[]): Promise<Pick<Bundled, 'size' | 'minified'>> => {
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))))
  return {
    size: contents.reduce((sum, content) => sum + gzipSync(content).length, 0),
    minified: contents.reduce((sum, content) => sum + content.length, 0),
  }
}

/** A script and all that it imports at once, each once. */
const withImports = (first: string, importsOf: (file: string) => readonly string[]): readonly string[] => {
  const found = new Set([first])
  for (const file of found) for (const imported of importsOf(file)) found.add(imported)
  return [...found]
}

const byEsbuild: Bundler = async (project, entry) => {
  const { metafile, warnings, errors } = await esbuild.build({
    absWorkingDir: project,
    entryPoints: [entry],
    outdir: 'esbuild',
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    logLevel: 'silent',
  })
  await cp(join(project, 'index.html'), join(project, 'esbuild/index.html'))
  const { outputs } = metafile
  const first = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === entry) ?? ''
  const imports = (path: string) =>
    outputs[path]?.imports.flatMap((each) => (each.kind === 'import-statement' ? [each.path] : [])) ?? []
  return {
    folder: join(project, 'esbuild'),
    ...(await sizesOf(project, withImports(first, imports))),
    complaints: [...warnings, ...errors].map(({ text }) => text),
  }
}

const byVite: Bundler = async (project, entry) => {
  const complaints: string[] = []
  const complain = (message: string) => void complaints.push(message)
  const built = await vite.build({
    root: project,
    base: './',
    configFile: false,
    customLogger: { ...vite.createLogger('silent'), warn: complain, warnOnce: complain, error: complain },
    // That a busy machine bundles slowly is no complaint of the code.
    build: { outDir: 'vite', rolldownOptions: { input: entry, checks: { pluginTimings: false } } },
  })
  const chunks = (Array.isArray(built) ? built : [built])
    .flatMap((bundle) => ('output' in bundle ? bundle.output : []))
    .flatMap((made) => (made.type === 'chunk' ? [made] : []))
  const first = chunks.find(({ isEntry }) => isEntry)?.fileName ?? ''
  const imports = (name: string) => chunks.find(({ fileName }) => fileName === name)?.imports ?? []
  const folder = join(project, 'vite')
  return { folder, ...(await sizesOf(folder, withImports(first, imports))), complaints }
}

export const bundlers = { esbuild: byEsbuild, vite: byVite } satisfies { readonly [name: string]: Bundler }
