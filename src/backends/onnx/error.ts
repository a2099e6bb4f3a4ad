import type * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { attempt as attemptTo, messageOf } from '../core/error.ts'

/** Removes the location in onnxruntime's source from a message. */
const place = /^\/\S+\.(cc|h):\d+ .*? was false\. /s

const withoutPlace = (cause: unknown): string => messageOf(cause).replace(place, '')

/** Turns an exception of onnxruntime into a left. `doing` says what it was doing. */
export const attempt = <A>(
  backend: string,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> => attemptTo(backend, doing, hint, ask, withoutPlace)
