import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'

/** Runs a task with a time limit in seconds. After the limit it returns an error without waiting for the task. */
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
