import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../errors/backendError.ts'
import { type NotFinite, notFinite } from '../errors/notFinite.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { notFiniteTensor } from './diagnose.ts'
import { lookInto, replay } from './replay.ts'
import type { Course } from './stepRunner.ts'

type Guarded<A> = TE.TaskEither<BackendError | NotFinite, A>

/**
 * Checks that a game's state stays finite. It keeps a copy of the last state known to be finite, the anchor. If a later state is not
 * finite, it replays the steps from the anchor and names the one that caused it. `step` is the number of completed steps.
 */
export interface FinitenessGuard {
  /** Checks the state, but spends at most a hundredth of the time on it. */
  readonly lookNowAndThen: (step: number) => Guarded<void>
  /** Reads the state; left if it is not finite. */
  readonly read: (step: number) => Guarded<HostTensors>
  /** Explains why the next step's cost is not finite. */
  readonly explain: (step: number) => Guarded<never>
  readonly dispose: () => void
}

/** The share of time for checking the state between chunks. A finite cost does not guarantee a finite state. */
const lookingPart = 0.01

/** `now` is a clock in milliseconds. */
export const createFinitenessGuard = (
  course: Course,
  firstStep: number,
  now: () => number = () => performance.now(),
): FinitenessGuard => {
  const { programs, drawSource, store } = course
  let anchor = { store: store.fork(), step: firstStep }
  let looked = { at: Number.NEGATIVE_INFINITY, seconds: 0 }

  /** Finds the step that made the state non-finite, by replaying from the anchor. Always an error. */
  const replayed = async (seen: NotFinite, step: number): Promise<E.Either<BackendError | NotFinite, never>> => {
    const start = { store: anchor.store.fork(), step: anchor.step }
    const given = await lookInto(programs, drawSource, start.store, start.step)
    const isGiven = E.isLeft(given) || given.right !== undefined
    const found = isGiven ? given : await replay(programs, drawSource, start, step)()
    start.store.dispose()
    return E.isLeft(found) ? found : E.left(found.right ?? seen)
  }
  /** Makes a finite state the new anchor. `start` is when the check began. */
  const anchored = async (
    start: number,
    step: number,
    bad: NotFinite | undefined,
  ): Promise<E.Either<BackendError | NotFinite, void>> => {
    if (bad !== undefined) return replayed(bad, step)
    anchor.store.dispose()
    anchor = { store: store.fork(), step }
    looked = { at: now(), seconds: (now() - start) / 1000 }
    return E.right(undefined)
  }
  const read = async (step: number): Promise<E.Either<BackendError | NotFinite, HostTensors>> => {
    const start = now()
    const state = await store.read()()
    if (E.isLeft(state)) return state
    const good = await anchored(start, step, notFiniteTensor(state.right, step))
    return E.isLeft(good) ? good : state
  }
  const look = async (step: number): Promise<E.Either<BackendError | NotFinite, void>> => {
    const start = now()
    const see = (state: HostTensors) => notFiniteTensor(state, step)
    const seen = await (store.look?.(see) ?? pipe(store.read(), TE.map(see)))()
    return E.isLeft(seen) ? seen : anchored(start, step, seen.right)
  }
  const isTimeToLook = (): boolean => looked.seconds < (lookingPart * (now() - looked.at)) / 1000
  const explain = async (step: number): Promise<E.Either<BackendError | NotFinite, never>> => {
    const state = await read(step)
    if (E.isLeft(state)) return state
    const found = await lookInto(programs, drawSource, store, step)
    return E.isLeft(found) ? found : E.left(found.right ?? onlyHere(step))
  }
  return {
    lookNowAndThen: (step) => () => (isTimeToLook() ? look(step) : Promise.resolve(E.right(undefined))),
    read: (step) => () => read(step),
    explain: (step) => () => explain(step),
    dispose: () => anchor.store.dispose(),
  }
}

const onlyHere = (step: number): NotFinite => notFinite(step, '', 'a cost that is finite in float64', Number.NaN)
