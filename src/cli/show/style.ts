/** How a command shows progress. */
export type Style = 'bar' | 'lines' | 'json' | 'quiet'

/** Chosen by the command's options, and whether stderr is a terminal. */
export const styleOf = ({ json, quiet }: { readonly json?: true; readonly quiet?: true }): Style => {
  if (json === true) return 'json'
  if (quiet === true) return 'quiet'
  return process.stderr.isTTY ? 'bar' : 'lines'
}
