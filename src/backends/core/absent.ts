/**
 * For the import of a library that may be absent: `import('library').catch(absent)`. Where an import's failure is handled,
 * esbuild bundles without it what a page may never ask for.
 */
export const absent = (cause: unknown): never => {
  throw cause
}
