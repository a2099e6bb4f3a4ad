import type { DataError } from '../data/datasets.ts'
import type { BackendError } from '../errors/backendError.ts'
import { printable } from '../errors/quoted.ts'
import type { RunError } from '../errors/runError.ts'
import { type SpecErrors, showSpecErrors } from '../errors/specError.ts'
import type { FileError } from '../io/fileError.ts'
import type { NotFinite } from './diagnose.ts'

/** A spec that no game can be made of. */
export interface InvalidSpec {
  readonly type: 'InvalidSpec'
  readonly errors: SpecErrors
}

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
  readonly at: NotFinite
}

/** A backend or a disk ended a run that had begun. */
export interface Halted extends Remains {
  readonly type: 'Halted'
  /** Steps that were done. */
  readonly step: number
  readonly cause: BackendError | FileError
}

/** Why training, resuming or sampling failed; `showError` says it to a user. */
export type TrainError = InvalidSpec | DataError | BackendError | FileError | RunError | Diverged | Halted

export const invalidSpec = (errors: SpecErrors): InvalidSpec => ({ type: 'InvalidSpec', errors })

export const diverged = (at: NotFinite, saved: Saved | undefined): Diverged => ({
  type: 'Diverged',
  at,
  ...(saved !== undefined && { saved }),
})

export const halted = (step: number, cause: BackendError | FileError, saved: Saved | undefined): Halted => ({
  type: 'Halted',
  step,
  cause,
  ...(saved !== undefined && { saved }),
})

/** Where and what, then what to do on a line of its own. */
export const showError = (error: TrainError): string => {
  switch (error.type) {
    case 'InvalidSpec':
      return showSpecErrors(error.errors)
    case 'DataError':
    case 'FileError':
    case 'RunError':
      return `${printable(error.path, error.path.length)}: ${error.message}\n  ${error.hint}`
    case 'BackendError':
      return `backend ${error.backend}: ${error.message}\n  ${error.hint}`
    case 'Diverged':
      return showDiverged(error)
    case 'Halted':
      return `${showError(error.cause)}\n  The run stopped after step ${error.step}. ${showRemains(error)}`
  }
}

const showDiverged = (error: Diverged): string => {
  const { at } = error
  const whose = at.player === '' ? '' : `, update of ${at.player}`
  const kept = showRemains(error)
  return `step ${at.step}${whose}: ${at.expression} became ${at.value}\n  Lower a learning rate, or bound the expression.\n  ${kept}`
}

const showRemains = ({ saved, unread }: Remains): string => {
  const unseen = unread === undefined ? '' : `What is saved could not be read: ${unread}. `
  if (saved !== undefined) return `${unseen}The last good checkpoint, of step ${saved.step}, is ${saved.path}`
  return unread === undefined ? 'No checkpoint is there.' : `${unseen}Look again.`
}
