import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../types/tsc.ts'

type Environment = { readonly [name: string]: string }

export const run = (folder: string, command: string, options: readonly string[], environment: Environment = {}) => {
  const own = { SADDLEPOINT_HOME: join(folder, 'home'), npm_lifecycle_event: '' }
  const env = { ...process.env, ...own, ...environment }
  const { status, stdout, stderr } = spawnSync(command, options, { cwd: folder, encoding: 'utf8', env })
  return { status, stdout, stderr }
}

/** The command of a package that is installed in a project. */
export const saddle = (project: string, options: readonly string[]) =>
  run(project, join(project, 'node_modules/.bin/saddle'), options)

/** The package as it would be published, in a folder; its path. */
export const pack = (folder: string): string => {
  const { stdout } = run(root, 'npm', ['pack', '--silent', '--pack-destination', folder])
  return join(folder, stdout.trim())
}

/** Installs a package into a project as its user would, and fails with what npm said. */
export const install = (
  project: string,
  what: string,
  options: readonly string[] = ['--ignore-scripts'],
  environment: Environment = {},
): void => {
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error']
  const { status, stderr } = run(project, 'npm', ['install', ...quiet, ...options, what], environment)
  if (status !== 0) throw new Error(`npm could not install ${what}:\n${stderr}`)
}

/** A user's program, in JavaScript and TypeScript alike. */
const consumer = `
import { adam, dense, gan, input, losses, normal, pipe, relu, ring, showError, train } from 'saddlepoint'
import { openFiles } from 'saddlepoint/node'
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
const result = await train(game, { threads: 1, openFiles: openFiles('.') })()
console.log(result._tag === 'Left' ? showError(result.left) : 'trained ' + result.right.step + ' on ' + result.right.backend.info.name)
`

/** An empty project of a user, with that program. */
export const createProject = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'saddle-project-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'use.js'), consumer)
  writeFileSync(join(folder, 'use.ts'), consumer)
  return folder
}

/** How a TypeScript project may resolve its imports. Libraries are checked too: declarations of ours that don't resolve show. */
export const resolutions: readonly (readonly [string, readonly string[]])[] = [
  ['node16', ['--module', 'node16']],
  ['nodenext', ['--module', 'nodenext']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
]

/** What the compiler that is installed in a folder says of the project. */
export const typeCheck = (project: string, options: readonly string[], compilerAt = root): string =>
  run(project, join(compilerAt, 'node_modules/.bin/tsc'), [
    ...['--strict', '--target', 'es2022', '--outDir', 'built', ...options, 'use.ts'],
  ]).stdout
