import type { BackendError } from './backendError.ts'
import type { FileError } from './fileError.ts'
import type { NotFinite } from './notFinite.ts'
import type { Place } from './place.ts'

/** What was saved, and where. */
export interface Saved {
  readonly step: number
  readonly path: string
}

/** What is left of a run that ended: its newest good checkpoint, if it has one. */
export interface Remains {
  readonly saved?: Saved
  /** Why the checkpoints could not be read, if they could not. */
  readonly unread?: string
}

/** NaN or infinity ended the run. The last checkpoint is good. */
export interface Diverged extends Remains {
  readonly type: 'Diverged'
  readonly place: NotFinite['place']
  readonly message: string
  readonly hint: string
  readonly at: NotFinite
}

/** The backend or the disk failed after the run had begun. */
export interface Halted extends Remains {
  readonly type: 'Halted'
  readonly place: Place
  readonly message: string
  readonly hint: string
  /** How many steps were completed. */
  readonly step: number
  readonly cause: BackendError | FileError
}

export const diverged = (at: NotFinite, saved: Saved | undefined): Diverged => ({
  type: 'Diverged',
  place: at.place,
  message: at.message,
  hint: at.hint,
  at,
  ...(saved !== undefined && { saved }),
})

export const halted = (step: number, cause: BackendError | FileError, saved: Saved | undefined): Halted => ({
  type: 'Halted',
  place: cause.type === 'BackendError' ? { type: 'backend', name: cause.backend } : cause.place,
  message: cause.message,
  hint: cause.hint,
  step,
  cause,
  ...(saved !== undefined && { saved }),
})

/** A sentence that names the last good checkpoint, or says that there is none. */
export const showRemains = ({ saved, unread }: Remains): string => {
  const unseen = unread === undefined ? '' : `The checkpoints could not be read: ${unread}. `
  if (saved !== undefined) return `${unseen}The last good checkpoint, of step ${saved.step}, is ${saved.path}`
  return unread === undefined ? 'The run has no checkpoint.' : `${unseen}Try again.`
}
