import type { Place } from './place.ts'

/** Why a run can't be started, resumed or sampled with these options. */
export interface RunError {
  readonly type: 'RunError'
  readonly place: Place
  readonly message: string
  readonly hint: string
}

/** Makes a `RunError`. A string as the place is the path of a file or folder. */
export const runError = (place: Place | string, message: string, hint: string): RunError => ({
  type: 'RunError',
  place: typeof place === 'string' ? { type: 'file', path: place } : place,
  message,
  hint,
})
