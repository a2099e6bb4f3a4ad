import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'

/** Some messages begin with the place in onnxruntime's own source that found the fault. */
const place = /^\/\S+\.(cc|h):\d+ .*? was false\. /s

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.replace(place, '') : String(cause)

/** What onnxruntime throws is a value here; `doing` says what it was asked for. */
export const attempt = <A>(
  backend: string,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(ask, (cause) => ({ type: 'BackendError', backend, message: `${doing}: ${messageOf(cause)}`, hint }))
