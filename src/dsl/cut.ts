/** A text, or the beginning of a long one with its length: no message repeats megabytes of a file. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`
