import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'

export const backendError = (backend: string, message: string, hint: string): BackendError => ({
  type: 'BackendError',
  backend,
  message,
  hint,
})

/** A mistake of ours, not of the user: the caller asked for what a store can't do. */
export const misuse = (backend: string, message: string): BackendError =>
  backendError(backend, message, 'This is a fault of saddlepoint: please report it.')

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** What a library throws is a value here; `doing` says what it was asked for. */
export const attempt = <A>(
  backend: string,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
  explain: (cause: unknown) => string = messageOf,
): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(ask, (cause) => backendError(backend, `${doing}: ${explain(cause)}`, hint))
