/** The first line of a message, without the path of ours that a missing package was looked for from. */
export const brief = (message: string): string =>
  (message.trim().split('\n')[0] ?? '').replace(/ imported from \S+$/, '')
