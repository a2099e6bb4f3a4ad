import type { BackendError } from './backendError.ts'
import type { FileError } from './fileError.ts'
import type { NotFinite } from './notFinite.ts'
import type { Place } from './place.ts'

/** What was saved, and where. */
export interface Saved {
  readonly step: number
  readonly path: string
}

/** What is there of a run that ended: its newest good checkpoint, if there is one. */
export interface Remains {
  readonly saved?: Saved
  /** Why a checkpoint, or a newer one, could not be looked at. */
  readonly unread?: string
}

/** NaN or infinity ended a run; what was saved last is good. */
export interface Diverged extends Remains {
  readonly type: 'Diverged'
  readonly place: NotFinite['place']
  readonly message: string
  readonly hint: string
  readonly at: NotFinite
}

/** A backend or a disk ended a run that had begun. */
export interface Halted extends Remains {
  readonly type: 'Halted'
  readonly place: Place
  readonly message: string
  readonly hint: string
  /** Steps that were done. */
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

/** The last good checkpoint, or that none is there. */
export const showRemains = ({ saved, unread }: Remains): string => {
  const unseen = unread === undefined ? '' : `What is saved could not be read: ${unread}. `
  if (saved !== undefined) return `${unseen}The last good checkpoint, of step ${saved.step}, is ${saved.path}`
  return unread === undefined ? 'No checkpoint is there.' : `${unseen}Look again.`
}
