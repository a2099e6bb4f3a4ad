import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../types/tsc.ts'

const manifest: { readonly dependencies: object } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const run = (folder: string, command: string, ...options: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, options, { cwd: folder, encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** A project of a user: the packed package, and of what it depends on the checkout's own copies. */
const install = (folder: string, packages: readonly string[]): void => {
  const packed = run(root, 'npm', 'pack', '--silent', '--pack-destination', folder).stdout.trim()
  const target = join(folder, 'node_modules', 'saddlepoint')
  mkdirSync(target, { recursive: true })
  run(folder, 'tar', 'xzf', packed, '-C', target, '--strip-components', '1')
  for (const name of packages) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link)
  }
}

const consumer = `
import { adam, dense, gan, input, losses, normal, pipe, relu, ring, showError, train } from 'saddlepoint'
const rate = adam({ lr: 1e-3 })
const game = gan({
  generator: pipe(input([4]), dense(16), relu, dense(2)),
  discriminator: pipe(input([2]), dense(16), relu, dense(1)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers: { generator: rate, discriminator: rate },
  batch: 16, steps: 20, seed: 1,
})
const result = await train(game, { threads: 1 })()
console.log(result._tag === 'Left' ? showError(result.left) : 'trained ' + result.right.step)
`

describe('the packed package, installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'saddle-package-'))
  const bare = mkdtempSync(join(tmpdir(), 'saddle-bare-'))
  const dependencies = Object.keys(manifest.dependencies)

  beforeAll(() => {
    for (const project of [folder, bare]) {
      writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
      writeFileSync(join(project, 'use.js'), consumer)
    }
    install(folder, [...dependencies, 'onnxruntime-node'])
    install(bare, dependencies)
  }, 120_000)
  afterAll(() => {
    for (const project of [folder, bare]) rmSync(project, { recursive: true })
  })

  it('trains in plain Node', () => {
    expect(run(folder, process.execPath, 'use.js')).toMatchObject({ status: 0, stdout: 'trained 20\n' })
  })

  it('says how to get the backend where it is absent', () => {
    const { status, stdout } = run(bare, process.execPath, 'use.js')
    expect(status).toBe(0)
    expect(stdout).toContain('npm install onnxruntime-node')
  })

  it('has a command', () => {
    const main = join(folder, 'node_modules/saddlepoint/dist/cli/main.js')
    expect(run(folder, process.execPath, main, '--help').stdout).toContain('train')
  })

  it('has types for a consumer', () => {
    writeFileSync(join(folder, 'use.ts'), consumer)
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', 'use.ts']
    expect(run(folder, join(root, 'node_modules/.bin/tsc'), ...options).stdout).toBe('')
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
