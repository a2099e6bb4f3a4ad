import type { FilePlace } from './place.ts'

/** Why a file of a run could not be written or read, and what a user can do about it. */
export interface FileError {
  readonly type: 'FileError'
  readonly place: FilePlace
  readonly message: string
  readonly hint: string
}

export const fileError = (path: string, message: string, hint: string): FileError => ({
  type: 'FileError',
  place: { type: 'file', path },
  message,
  hint,
})
