import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of the example spec in a checkout. It is the same from a bundle as from this file. */
export const example = (): string | undefined => {
  const path = fileURLToPath(new URL('../../examples/ring.ts', import.meta.url))
  return existsSync(path) ? relative('.', path) : undefined
}
