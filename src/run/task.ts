import type { TaskEither } from '#fp-ts/TaskEither'

/**
 * A task runs when it is called: `await train(game)()`. Its `then` exists only as a type, and turns `await train(game)`, which would do
 * nothing, into a compile error.
 */
export interface Task<E, A> extends TaskEither<E, A> {
  then(
    this: 'nothing runs until the task is called: write await train(game)()',
    onfulfilled: (value: never) => unknown,
  ): unknown
}

export const task = <E, A>(run: TaskEither<E, A>): Task<E, A> => run as Task<E, A>
