/** Why text or bytes do not have the expected format. The caller, which knows the file, adds its name. */
export interface Malformed {
  readonly type: 'Malformed'
  /** What is wrong, without the file's name: `expected a header that is an object`. */
  readonly message: string
  readonly hint: string
}

export const malformed = (message: string, hint = 'Restore the file from a copy, or write it again.'): Malformed => ({
  type: 'Malformed',
  message,
  hint,
})
