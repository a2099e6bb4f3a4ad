import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'

/** A task, or an error where it takes longer than so many seconds; what it does then is not waited for. */
export const within =
  <L, A>(seconds: number, late: () => L) =>
  (task: TaskEither<L, A>): TaskEither<L, A> =>
  () =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(E.left(late())), 1000 * seconds)
      task()
        .then(resolve, reject)
        .finally(() => clearTimeout(timer))
    })
