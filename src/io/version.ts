import { createRequire } from 'node:module'

const readVersion = (): string => {
  // Resolved by the package's name, because the published files are in another folder than the sources.
  const found: unknown = createRequire(import.meta.url)('saddlepoint/package.json')
  if (typeof found !== 'object' || found === null || !('version' in found) || typeof found.version !== 'string')
    throw new Error('broken invariant: package.json has no version')
  return found.version
}

/** The version of this package. */
export const version: string = readVersion()
