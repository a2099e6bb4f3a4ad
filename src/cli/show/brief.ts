/** The first line of a message, without the importing file that Node names for a missing package. */
export const brief = (message: string): string =>
  (message.trim().split('\n')[0] ?? '').replace(/ imported from \S+$/, '')
