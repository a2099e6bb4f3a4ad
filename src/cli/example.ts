import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The spec that a checkout has to start with: the same place from a bundle as from here. */
export const example = (): string | undefined => {
  const path = fileURLToPath(new URL('../../examples/ring.ts', import.meta.url))
  return existsSync(path) ? relative('.', path) : undefined
}
