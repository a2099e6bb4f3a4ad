import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, Executable, HostTensors, Store } from '../backends/backend.ts'
import type { Compiled } from '../compile/compile.ts'
import { type Costs, goodSteps } from './costs.ts'
import { type NotFinite, notFiniteTensor } from './diagnose.ts'
import type { Draws, Feeder } from './draws.ts'
import { lookInto, replay } from './replay.ts'

/** A game in play on a backend. */
export interface Session {
  /** Steps that are done. */
  readonly step: () => number
  /**
   * Plays some steps. Where a cost is not finite, it ends before that step, with the costs of those before it; an error is
   * what keeps the very first from being played.
   */
  readonly run: (count: number) => TE.TaskEither<BackendError | NotFinite, Costs>
  /** The state after the steps that are done; a state that is not finite is an error. */
  readonly read: () => TE.TaskEither<BackendError | NotFinite, HostTensors>
  readonly store: Store
  readonly dispose: () => void
}

/** The state is looked at between chunks, for at most this part of the time: a cost need not show that it is not finite. */
const lookingPart = 0.01

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
  /** Those of the last call, which are used up: their memory is the next one's. */
  let draws: Draws = {}
  /** What was last seen to be finite, or what a game starts with. */
  let anchor = { store: store.fork(), step: firstStep }
  let looked = { at: Number.NEGATIVE_INFINITY, seconds: 0 }

  /** What made the state after `step` steps, that of the store, as it is: found by playing from the anchor once more. */
  const replayed = async (seen: NotFinite): Promise<E.Either<BackendError | NotFinite, never>> => {
    const start = { store: anchor.store.fork(), step: anchor.step }
    const given = await lookInto(compiled.step, feeder, start.store, start.step)
    const isGiven = E.isLeft(given) || given.right !== undefined
    const found = isGiven ? given : await replay(compiled.step, feeder, start, step)()
    start.store.dispose()
    return E.isLeft(found) ? found : E.left(found.right ?? seen)
  }
  const read = async (): Promise<E.Either<BackendError | NotFinite, HostTensors>> => {
    const start = performance.now()
    const state = await store.read()()
    if (E.isLeft(state)) return state
    const bad = notFiniteTensor(state.right, step)
    if (bad !== undefined) return replayed(bad)
    anchor.store.dispose()
    anchor = { store: store.fork(), step }
    looked = { at: performance.now(), seconds: (performance.now() - start) / 1000 }
    return state
  }
  const isTimeToLook = (): boolean => looked.seconds < (lookingPart * (performance.now() - looked.at)) / 1000

  /** The step that comes next gives a cost that is not finite. */
  const explain = async (): Promise<E.Either<BackendError | NotFinite, never>> => {
    const state = await read()
    if (E.isLeft(state)) return state
    const found = await lookInto(compiled.step, feeder, store, step)
    return E.isLeft(found) ? found : E.left(found.right ?? onlyHere(step))
  }
  const attempt = async (count: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    draws = feeder(compiled.step, step, count, draws)
    const result = await executable.run({ first: step, count, draws })()
    if (E.isLeft(result)) return result
    const good = goodSteps(result.right, count)
    if (good === count) {
      step += count
      return result
    }
    store.undo()
    // The good ones once more: the state after them was not kept.
    return good > 0 ? attempt(good) : explain()
  }
  const run = async (count: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    const state = isTimeToLook() ? await read() : undefined
    return state !== undefined && E.isLeft(state) ? state : attempt(count)
  }
  return {
    step: () => step,
    run: (count) => () => run(count),
    read: () => read,
    store,
    dispose: () => {
      executable.dispose()
      anchor.store.dispose()
      store.dispose()
    },
  }
}

const onlyHere = (step: number): NotFinite => ({
  type: 'NotFinite',
  step,
  player: '',
  expression: 'a cost that is finite in float64',
  value: Number.NaN,
})
