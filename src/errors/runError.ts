import type { Place } from './place.ts'

/** Why a run can't be started, resumed or asked as it was wanted. */
export interface RunError {
  readonly type: 'RunError'
  readonly place: Place
  readonly message: string
  readonly hint: string
}

/** A text is the path of a file or a folder. */
export const runError = (place: Place | string, message: string, hint: string): RunError => ({
  type: 'RunError',
  place: typeof place === 'string' ? { type: 'file', path: place } : place,
  message,
  hint,
})
