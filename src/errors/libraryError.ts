import type { Place } from './place.ts'

/** Why a library could not be installed or removed, and what a user can do about it. */
export interface LibraryError {
  readonly type: 'LibraryError'
  readonly place: Extract<Place, { readonly type: 'library' }>
  readonly message: string
  readonly hint: string
}

export const libraryError =
  (library: string) =>
  (message: string, hint: string): LibraryError => ({
    type: 'LibraryError',
    place: { type: 'library', name: library },
    message,
    hint,
  })
