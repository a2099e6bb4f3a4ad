/** Why a library could not be brought or removed, and what a user can do about it. */
export interface LibraryError {
  readonly type: 'LibraryError'
  readonly library: string
  readonly message: string
  readonly hint: string
}

export const libraryError =
  (library: string) =>
  (message: string, hint: string): LibraryError => ({ type: 'LibraryError', library, message, hint })

/** Where and what, then what to do on a line of its own. */
export const showLibraryError = ({ library, message, hint }: LibraryError): string =>
  `${library}: ${message}\n  ${hint}`
