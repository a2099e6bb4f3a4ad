import type { Place } from './place.ts'

/** Why the data of a source could not be used: what was expected and found, and what a user can do about it. */
export interface DataError {
  readonly type: 'DataError'
  readonly place: Place
  readonly message: string
  readonly hint: string
}

/** The error of a data file. */
export const dataError = (path: string, message: string, hint: string): DataError => ({
  type: 'DataError',
  place: { type: 'file', path },
  message,
  hint,
})
