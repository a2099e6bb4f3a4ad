import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../backend.ts'

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** What onnxruntime throws is a value here; `doing` says what it was asked for. */
export const attempt = <A>(
  backend: string,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(ask, (cause) => ({ type: 'BackendError', backend, message: `${doing}: ${messageOf(cause)}`, hint }))
