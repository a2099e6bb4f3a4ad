import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onnxruntime } from '../../src/backends/libraries/onnxruntime.ts'
import { createProject, install, pack, resolutions, run, saddle, typeCheck } from './project.ts'

/** What trains says on which backend: `use.js` and `use.ts` print it. */
const trained = { status: 0, stdout: 'trained 20 on onnx-wasm\n' }

describe('the packed package, installed into an empty project', () => {
  const folder = createProject()
  let packed = ''

  beforeAll(() => {
    // As a user does: every script is run.
    packed = pack(folder)
    install(folder, packed, ['--ignore-scripts=false'])
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }), 60_000)

  it('needs no host but the registry: no script of a dependency fetches anything', () => {
    const lock: { readonly packages: { readonly [path: string]: { readonly hasInstallScript?: true } } } = JSON.parse(
      readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
    )
    const scripted = Object.entries(lock.packages).flatMap(([path, found]) => (found.hasInstallScript ? [path] : []))
    // It only reads a package.json to say how versions of itself are to be written.
    expect(scripted).toEqual(['node_modules/protobufjs'])
    expect(existsSync(join(folder, 'node_modules/onnxruntime-node'))).toBe(false)
  })

  it('trains in plain Node', () => {
    expect(run(folder, process.execPath, ['use.js'])).toMatchObject(trained)
  })

  it('trains a spec in WebAssembly, and one line says which command brings the fast backend', () => {
    saddle(folder, ['init', 'ring.ts'])
    const { status, stderr } = train(folder)
    expect(status).toBe(0)
    expect(stderr.split('\n').filter((line) => line.startsWith('warning:'))).toEqual([
      'warning: onnxruntime-node is not installed, so onnx-wasm computes, about 4 times slower: saddle backends install onnx',
    ])
    expect(stderr).toMatch(/onnx-wasm \S+ on CPU, WebAssembly with SIMD, 1 thread, 5 steps/)
    const [started] = train(folder, '--json').stdout.split('\n')
    expect(JSON.parse(started ?? '')).toMatchObject({
      type: 'started',
      backend: { name: 'onnx-wasm' },
      slow: { type: 'SlowBackend', backend: 'onnx-wasm', hint: 'saddle backends install onnx' },
    })
  })

  it('trains on the fast backend once that command was run, and without a warning', () => {
    const { status, stderr } = saddle(folder, ['backends', 'install', 'onnx'])
    expect([status, stderr]).toEqual([0, expect.stringMatching(/onnx is installed\n$/)])
    const brought = join(folder, 'home', `onnxruntime-${onnxruntime.version}`, `${process.platform}-${process.arch}`)
    const binaries = join(brought, 'node_modules/onnxruntime-node/bin/napi-v6')
    expect(readdirSync(binaries)).toEqual([process.platform])
    expect(train(folder).stderr).toMatch(/^35,971 parameters, onnx \S+ on CPU, 1 thread, 5 steps\n/)
    expect(run(folder, process.execPath, ['use.js'])).toMatchObject({ stdout: 'trained 20 on onnx\n' })
    expect(saddle(folder, ['backends', 'install', 'onnx']).stderr).toBe('onnx is installed already\n')
    expect(saddle(folder, ['backends', 'remove', 'onnx']).stderr).toBe('onnx is removed\n')
    expect(run(folder, process.execPath, ['use.js'])).toMatchObject(trained)
  }, 120_000)

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
    expect(loaded.filter((path) => !path.startsWith('saddlepoint/dist/bundled/'))).toEqual([])
    const code = loaded.map((path) => readFileSync(join(folder, 'node_modules', path), 'utf8'))
    expect(code.filter((text) => /InferenceSession|import\("(onnxruntime|@tensorflow)/.test(text))).toEqual([])
    console.log(`imported in ${Number(stdout).toFixed(0)} ms, from ${loaded.length} files`)
    expect(Number(stdout)).toBeLessThan(3000)
    expect(loaded.length).toBeLessThanOrEqual(50)
  })

  it('is one library for a spec and for the packages that the spec imports', () => {
    const helper = join(folder, 'node_modules/helper')
    mkdirSync(helper)
    writeFileSync(join(helper, 'package.json'), '{ "name": "helper", "type": "module", "main": "index.js" }')
    writeFileSync(join(helper, 'index.js'), "export { gan as theirs } from 'saddlepoint'\n")
    const spec = `${readFileSync(join(folder, 'ring.ts'), 'utf8')}
import { theirs } from 'helper'
if (theirs !== gan) throw new Error('there are two libraries')
`
    writeFileSync(join(folder, 'helped.ts'), spec)
    expect(saddle(folder, ['inspect', 'helped.ts'])).toMatchObject({ status: 0, stderr: '' })
  })

  it('has every file and heading that its documentation links to', () => {
    const root = join(folder, 'node_modules/saddlepoint')
    const pages = [
      'README.md',
      ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
    ]
    expect(pages.length).toBeGreaterThan(10)
    const links = pages.flatMap((page) =>
      linksOf(readFileSync(join(root, page), 'utf8')).map((link) => [page, link] as const),
    )
    expect(links.length).toBeGreaterThan(50)
    const broken = links.filter(([page, { path, heading }]) => {
      const target = path === '' ? join(root, page) : join(root, dirname(page), path)
      if (!existsSync(target)) return true
      return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading)
    })
    expect(broken).toEqual([])
  })

  it('is small, and tells no host or page that is not there', () => {
    const root = join(folder, 'node_modules/saddlepoint')
    const manifest: object = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const field of ['repository', 'homepage', 'bugs']) expect(manifest).not.toHaveProperty(field)
    expect(statSync(packed).size / 1e6).toBeLessThan(2)
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

interface Link {
  /** Empty for the page itself. */
  readonly path: string
  readonly heading?: string
}

/** The links of a page, and its pictures, that do not leave the package. */
const linksOf = (markdown: string): readonly Link[] =>
  [...markdown.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].flatMap(([, target = '']) => {
    if (target.includes('://') || target.startsWith('mailto:')) return []
    const [path = '', heading] = target.split('#')
    return [heading === undefined ? { path } : { path, heading }]
  })

/** The names by which links ask for the headings of a page. */
const headingsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(' ', '-'),
  )

const train = (folder: string, ...more: readonly string[]) =>
  saddle(folder, ['train', 'ring.ts', '--steps', '5', '--threads', '1', '--no-summary', ...more])

/** The scripts that a process loaded, by what Node wrote of their coverage. */
const scripts = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const coverage: { readonly result: readonly { readonly url: string }[] } = JSON.parse(
      readFileSync(join(folder, name), 'utf8'),
    )
    return coverage.result.map(({ url }) => url)
  })
