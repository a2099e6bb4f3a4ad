import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, Executable, HostTensors, Store } from '../backends/backend.ts'
import type { Compiled } from '../compile/compile.ts'
import { firstNotFinite, type NotFinite } from './diagnose.ts'
import type { Feeder } from './draws.ts'

/** What each player minimised, step after step. */
export type Costs = { readonly [player: string]: Float32Array }

/** A game in play on a backend. */
export interface Session {
  /** Steps that are done. */
  readonly step: () => number
  /** Plays some steps. Where a cost is not finite, the state stays that before the first step where it is not. */
  readonly run: (count: number) => TE.TaskEither<BackendError | NotFinite, Costs>
  /** The state after the steps that are done; a state that is not finite is an error. */
  readonly read: () => TE.TaskEither<BackendError | NotFinite, HostTensors>
  readonly store: Store
  readonly dispose: () => void
}

const allFinite = (values: Float32Array): boolean => values.every(Number.isFinite)

/** Puts a game's state on a backend and compiles its step there. */
export const createSession = (
  compiled: Compiled,
  backend: Backend,
  feeder: Feeder,
  state: HostTensors,
  firstStep: number,
): TE.TaskEither<BackendError, Session> =>
  pipe(
    backend.store(state),
    TE.bindTo('store'),
    TE.bind('executable', ({ store }) => store.compile(compiled.step)),
    TE.map(({ store, executable }) => sessionOf(compiled, feeder, store, executable, firstStep)),
  )

const sessionOf = (
  compiled: Compiled,
  feeder: Feeder,
  store: Store,
  executable: Executable,
  firstStep: number,
): Session => {
  let step = firstStep
  const attempt = async (count: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    const draws = feeder(compiled.step, step, count)
    const result = await executable.run({ first: step, count, draws })()
    if (E.isLeft(result)) return result
    if (Object.values(result.right).every(allFinite)) {
      step += count
      return result
    }
    store.undo()
    return count > 1 ? oneByOne(count) : E.left(await explain(draws))
  }
  /** Steps that are good are kept, up to the one that is not. */
  const oneByOne = async (count: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    for (let i = 0; i < count; i++) {
      const result = await attempt(1)
      if (E.isLeft(result)) return result
    }
    throw new Error(`broken invariant: steps that failed together ran one by one up to step ${step}`)
  }
  const explain = async (draws: { readonly [name: string]: Float32Array }): Promise<BackendError | NotFinite> => {
    const state = await store.read()()
    if (E.isLeft(state)) return state.left
    return (
      firstNotFinite(compiled.step, state.right, draws, step) ?? {
        type: 'NotFinite',
        step,
        player: 'a player',
        expression: 'a cost that only this backend finds so',
        value: Number.NaN,
      }
    )
  }
  return {
    step: () => step,
    run: (count) => () => attempt(count),
    read: () =>
      pipe(
        store.read(),
        TE.flatMapEither((state) => {
          const bad = Object.entries(state).find(([, { values }]) => !allFinite(values))
          return bad === undefined ? E.right(state) : E.left(notFiniteState(step, bad[0]))
        }),
      ),
    store,
    dispose: () => {
      executable.dispose()
      store.dispose()
    },
  }
}

const notFiniteState = (step: number, name: string): NotFinite => ({
  type: 'NotFinite',
  step: step - 1,
  player: '',
  expression: `the new value of ${name}`,
  value: Number.NaN,
})
