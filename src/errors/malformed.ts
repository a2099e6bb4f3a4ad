/** Why text or bytes can't be read: they are not of the format that was expected. Who knows the file says which it is. */
export interface Malformed {
  readonly type: 'Malformed'
  /** What is wrong, without a name of a file: `expected a header that is an object`. */
  readonly message: string
  readonly hint: string
}

export const malformed = (message: string, hint = 'Put the file back as it was, or write it anew.'): Malformed => ({
  type: 'Malformed',
  message,
  hint,
})
