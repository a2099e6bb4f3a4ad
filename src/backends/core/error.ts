import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'

export const backendError = (backend: string, message: string, hint: string): BackendError => ({
  type: 'BackendError',
  backend,
  message,
  hint,
})

/** A bug of saddlepoint, not a mistake of the user: the caller misused a store. */
export const misuse = (backend: string, message: string): BackendError =>
  backendError(backend, message, 'This is a fault of saddlepoint: please report it.')

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** Turns an exception of a library into a left. `doing` says what the library was doing. */
export const attempt = <A>(
  backend: string,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
  explain: (cause: unknown) => string = messageOf,
): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(ask, (cause) => backendError(backend, `${doing}: ${explain(cause)}`, hint))
