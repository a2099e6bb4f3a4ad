/** How a command shows what it is doing. */
export type Style = 'bar' | 'lines' | 'json' | 'quiet'

/** By its options, and whether anybody watches a terminal. */
export const styleOf = ({ json, quiet }: { readonly json?: true; readonly quiet?: true }): Style => {
  if (json === true) return 'json'
  if (quiet === true) return 'quiet'
  return process.stderr.isTTY ? 'bar' : 'lines'
}
