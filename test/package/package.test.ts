import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, install, pack, resolutions, run, typeCheck } from './project.ts'

const trained = { status: 0, stdout: 'trained 20\n' }

describe('the packed package, installed into an empty project', () => {
  const folder = createProject()
  const bare = createProject()

  beforeAll(() => {
    const packed = pack(folder)
    install(folder, packed)
    install(bare, packed, ['--ignore-scripts', '--omit=optional'])
  }, 120_000)
  afterAll(() => {
    for (const project of [folder, bare]) rmSync(project, { recursive: true })
  }, 60_000)

  it('trains in plain Node', () => {
    expect(run(folder, process.execPath, ['use.js'])).toMatchObject(trained)
  })

  it('says how to get the backend where it is absent', () => {
    expect(existsSync(join(bare, 'node_modules/onnxruntime-node'))).toBe(false)
    const { status, stdout } = run(bare, process.execPath, ['use.js'])
    expect(status).toBe(0)
    expect(stdout).toContain('npm install --ignore-scripts onnxruntime-node')
  })

  it('has a command', () => {
    expect(run(folder, join(folder, 'node_modules/.bin/saddle'), ['--help']).stdout).toContain('train')
  })

  it.each(resolutions)('has types for a consumer that resolves as %s', (_, options) => {
    expect(typeCheck(folder, ['--noEmit', ...options])).toBe('')
  })

  it('runs as a TypeScript consumer compiles to', () => {
    expect(typeCheck(folder, ['--module', 'nodenext'])).toBe('')
    expect(run(folder, process.execPath, ['built/use.js'])).toMatchObject(trained)
  })

  it('loads no backend when it is imported, and little else', () => {
    const log = join(folder, 'loaded')
    mkdirSync(log)
    writeFileSync(
      join(folder, 'import.js'),
      "const start = performance.now()\nawait import('saddlepoint')\nconsole.log(performance.now() - start)\n",
    )
    const { stdout } = run(folder, process.execPath, ['import.js'], { NODE_V8_COVERAGE: log })
    const loaded = scripts(log).flatMap((url) => url.split('node_modules/').slice(1))
    expect(loaded.length).toBeGreaterThan(0)
    expect(new Set(loaded.map((path) => path.split('/')[0]))).toEqual(new Set(['saddlepoint', 'fp-ts', 'io-ts']))
    const backends = loaded.flatMap((path) => path.split('saddlepoint/dist/backends/').slice(1))
    expect(backends).toContain('registry.js')
    expect(backends.filter((path) => path.includes('/'))).toEqual(['tables/node.js'])
    console.log(`imported in ${Number(stdout).toFixed(0)} ms, from ${loaded.length} files`)
    expect(Number(stdout)).toBeLessThan(3000)
  })

  it('is bundled for a browser', async () => {
    const entry = join(folder, 'page.js')
    writeFileSync(entry, "import { compile, gan } from 'saddlepoint'\nexport const both = [compile, gan]\n")
    const built = await build({
      root: folder,
      logLevel: 'silent',
      build: {
        write: false,
        minify: false,
        lib: { entry, formats: ['es'], fileName: 'page' },
        rolldownOptions: { external: ['onnxruntime-node'] },
      },
    })
    const bundles = Array.isArray(built) ? built : [built]
    const chunks = bundles.flatMap((bundle) => ('output' in bundle ? bundle.output : []))
    const page = chunks.find((chunk) => chunk.type === 'chunk' && chunk.isEntry)
    expect(page?.type === 'chunk' ? page.code : 'node:').not.toMatch(/from ["'](node:|fs|path|os)/)
  }, 60_000)
})

/** The scripts that a process loaded, by what Node wrote of their coverage. */
const scripts = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const coverage: { readonly result: readonly { readonly url: string }[] } = JSON.parse(
      readFileSync(join(folder, name), 'utf8'),
    )
    return coverage.result.map(({ url }) => url)
  })
