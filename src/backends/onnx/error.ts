import type * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { attempt as attemptTo, messageOf } from '../core/error.ts'

/** Some messages begin with the place in onnxruntime's own source that found the fault. */
const place = /^\/\S+\.(cc|h):\d+ .*? was false\. /s

const withoutPlace = (cause: unknown): string => messageOf(cause).replace(place, '')

/** What onnxruntime throws is a value here; `doing` says what it was asked for. */
export const attempt = <A>(
  backend: string,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> => attemptTo(backend, doing, hint, ask, withoutPlace)
