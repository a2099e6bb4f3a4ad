import type { BackendError } from './backendError.ts'
import type { DataError } from './dataError.ts'
import { type Diverged, type Halted, showRemains } from './ended.ts'
import type { FileError } from './fileError.ts'
import type { InvalidArgument } from './invalidArgument.ts'
import type { InvalidSpec } from './invalidSpec.ts'
import type { LibraryError } from './libraryError.ts'
import type { Malformed } from './malformed.ts'
import type { NoAnswer } from './noAnswer.ts'
import type { NotFinite } from './notFinite.ts'
import { type Place, showPlace } from './place.ts'
import type { ProgramFailed } from './programFailed.ts'
import type { RunError } from './runError.ts'
import { showSpecErrors } from './specError.ts'

/** Why training, resuming or sampling failed. */
export type TrainError = InvalidSpec | DataError | BackendError | FileError | RunError | Diverged | Halted

/**
 * An error: the left side of every Either and TaskEither that Saddlepoint returns. Each has a `message`, which says what is
 * wrong, and a `hint`, which says what to do. `placeOf` says where; `showError` shows all three.
 */
export type Failure = TrainError | NotFinite | NoAnswer | Malformed | LibraryError | ProgramFailed | InvalidArgument

/**
 * Where a failure is, or `undefined` if it has no particular place.
 *
 * @example
 * const trained = await train(spec)()
 * if (trained._tag === 'Left') console.error(placeOf(trained.left))
 */
export const placeOf = (failure: Failure): Place | undefined => {
  switch (failure.type) {
    case 'BackendError':
      return { type: 'backend', name: failure.backend }
    case 'Malformed':
    case 'ProgramFailed':
      return undefined
    default:
      return failure.place
  }
}

/**
 * A failure in words: where and what, then what to do on a line of its own.
 *
 * @example
 * const trained = await train(spec)()
 * if (trained._tag === 'Left') console.error(showError(trained.left))
 */
export const showError = (failure: Failure): string => {
  switch (failure.type) {
    case 'InvalidSpec':
      return showSpecErrors(failure.errors)
    case 'Diverged':
      return `${showError(failure.at)}\n  ${showRemains(failure)}`
    case 'Halted':
      return `${showError(failure.cause)}\n  The run stopped after step ${failure.step}. ${showRemains(failure)}`
    default:
      return showParts(failure)
  }
}

const showParts = (failure: Failure): string => {
  const place = placeOf(failure)
  return `${place === undefined ? '' : `${showPlace(place)}: `}${failure.message}\n  ${failure.hint}`
}
