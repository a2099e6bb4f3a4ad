import { createRequire } from 'node:module'

const readVersion = (): string => {
  // By the package's own name: the files that are published lie elsewhere than these.
  const found: unknown = createRequire(import.meta.url)('saddlepoint/package.json')
  if (typeof found !== 'object' || found === null || !('version' in found) || typeof found.version !== 'string')
    throw new Error('broken invariant: package.json has no version')
  return found.version
}

/** Of this package. */
export const version: string = readVersion()
