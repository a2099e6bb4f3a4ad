import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the compiler prints. */
export const tsc = (...options: readonly string[]): string =>
  spawnSync(`${root}/node_modules/.bin/tsc`, ['--pretty', 'false', ...options], { cwd: root, encoding: 'utf8' }).stdout
