import { readFileSync } from 'node:fs'

const readVersion = (): string => {
  // The same distance from src and from dist.
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  const found: unknown = JSON.parse(text)
  if (typeof found !== 'object' || found === null || !('version' in found) || typeof found.version !== 'string')
    throw new Error('broken invariant: package.json has no version')
  return found.version
}

/** Of this package. */
export const version: string = readVersion()
