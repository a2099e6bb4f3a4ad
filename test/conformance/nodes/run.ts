import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expectedFailures } from '../expected.ts'
import type { Conformance, Outcome } from '../report.ts'
import type { Asked, Line } from './protocol.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The table of cases as JavaScript, for Nodes that read nothing else; it finds the libraries of this project. */
export interface Bundle {
  readonly folder: string
  readonly remove: () => Promise<void>
}

export const bundleCases = async (): Promise<Bundle> => {
  const cache = join(root, 'node_modules/.cache/saddlepoint')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'cases-'))
  await build({
    absWorkingDir: root,
    entryPoints: { child: fileURLToPath(new URL('child.ts', import.meta.url)) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    alias: { saddlepoint: './src/index.ts', '#backends': './src/backends/start/node.ts' },
    external: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/*', 'koffi', 'webgpu'],
  })
  return { folder, remove: () => rm(folder, { recursive: true }) }
}

/** Runs a process to its end: how it ended, and what it printed last. */
const ended = (node: string, options: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(node, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        printed = `${printed}${data}`.slice(-2000)
      })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(`it ended with ${signal ?? code}: ${printed}`))
  })

/** What came of the cases in a process of a Node; one that ends early is an error. */
export const runUnder = async (node: string, { folder }: Bundle, asked: Asked): Promise<Conformance> => {
  const begun = performance.now()
  const path = join(await mkdtemp(join(folder, 'run-')), 'lines')
  await writeFile(path, '')
  const end = await ended(node, [join(folder, 'child.mjs'), JSON.stringify(asked), path])
  const text = await readFile(path, 'utf8')
  const lines: readonly Line[] = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  const outcomes = (type: 'case' | 'chunk'): readonly Outcome[] =>
    lines.flatMap((line) => (line.type === type ? [{ name: line.name, found: line.found }] : []))
  const [cases, chunks] = [outcomes('case'), outcomes('chunk')]
  const [started] = lines
  if (started?.type !== 'started' || lines.at(-1)?.type !== 'ended')
    throw new Error(`${asked.backend} stopped after ${cases.length} cases and ${chunks.length} chunks: ${end}`)
  return {
    info: started.info,
    environment: started.environment,
    date: new Date().toISOString().slice(0, 10),
    seconds: (performance.now() - begun) / 1000,
    cases,
    chunks,
    expected: expectedFailures(started.info),
  }
}
