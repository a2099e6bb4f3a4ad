/**
 * Handles the import of an optional library: `import('library').catch(absent)`. Because the failure is handled, esbuild can bundle a page
 * without the library.
 */
export const absent = (cause: unknown): never => {
  throw cause
}
