import * as TE from '#fp-ts/TaskEither'

/** Something that holds memory or a device until it is disposed of: a backend, a store, an executable, a session. */
interface Disposable {
  readonly dispose?: () => void
}

/**
 * Opens a resource, uses it, and disposes of it, even if its use fails.
 *
 * @example using(backend.store(state), (store) => store.read())
 */
export const using = <E, R extends Disposable, F, A>(
  open: TE.TaskEither<E, R>,
  use: (opened: R) => TE.TaskEither<F, A>,
): TE.TaskEither<E | F, A> => TE.bracket<E | F, R, A>(open, use, (opened) => TE.fromIO(() => opened.dispose?.()))
