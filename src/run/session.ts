import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../backends/core/backend.ts'
import { type Compiled, equalSteps, type Timetable, timetable } from '../compile/compile.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import type { Program } from '../ir/program.ts'
import { type Costs, goodSteps, joined } from './costs.ts'
import { type NotFinite, notFiniteTensor } from './diagnose.ts'
import type { Draws, Feeder } from './draws.ts'
import { createExecutables, type Executables } from './executables.ts'
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

/** Steps whose programs are compiled before the first one: a signal is not heard while a backend compiles. */
const foreseen = 1000

/** The distinct programs of the first steps from `first` on, in their order. */
const firstPrograms = (programs: Timetable, first: number, steps: number): readonly Program[] => {
  const count = Math.max(1, Math.min(foreseen, steps - first))
  return [...new Set(Array.from({ length: count }, (_, i) => programs(first + i)))]
}

/** Puts a game's state on a backend and compiles its steps there. */
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
    TE.let('executables', ({ store }) => createExecutables(store)),
    TE.let('programs', () => timetable(compiled)),
    TE.tap(({ executables, programs }) =>
      TE.traverseSeqArray(executables.of)(firstPrograms(programs, firstStep, compiled.game.steps)),
    ),
    TE.map(({ store, executables, programs }) => sessionOf(programs, feeder, store, executables, firstStep)),
  )

const sessionOf = (
  programs: Timetable,
  feeder: Feeder,
  store: Store,
  executables: Executables,
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
    const given = await lookInto(programs, feeder, start.store, start.step)
    const isGiven = E.isLeft(given) || given.right !== undefined
    const found = isGiven ? given : await replay(programs, feeder, start, step)()
    start.store.dispose()
    return E.isLeft(found) ? found : E.left(found.right ?? seen)
  }
  /** The state is finite, or it is found out why not. `start` is when it was first looked at. */
  const judged = async (
    start: number,
    bad: NotFinite | undefined,
  ): Promise<E.Either<BackendError | NotFinite, void>> => {
    if (bad !== undefined) return replayed(bad)
    anchor.store.dispose()
    anchor = { store: store.fork(), step }
    looked = { at: performance.now(), seconds: (performance.now() - start) / 1000 }
    return E.right(undefined)
  }
  const read = async (): Promise<E.Either<BackendError | NotFinite, HostTensors>> => {
    const start = performance.now()
    const state = await store.read()()
    if (E.isLeft(state)) return state
    const good = await judged(start, notFiniteTensor(state.right, step))
    return E.isLeft(good) ? good : state
  }
  const look = async (): Promise<E.Either<BackendError | NotFinite, void>> => {
    const start = performance.now()
    const see = (state: HostTensors) => notFiniteTensor(state, step)
    const seen = await (store.look?.(see) ?? pipe(store.read(), TE.map(see)))()
    return E.isLeft(seen) ? seen : judged(start, seen.right)
  }
  const isTimeToLook = (): boolean => looked.seconds < (lookingPart * (performance.now() - looked.at)) / 1000

  /** The step that comes next gives a cost that is not finite. */
  const explain = async (): Promise<E.Either<BackendError | NotFinite, never>> => {
    const state = await read()
    if (E.isLeft(state)) return state
    const found = await lookInto(programs, feeder, store, step)
    return E.isLeft(found) ? found : E.left(found.right ?? onlyHere(step))
  }
  /** Some steps of one program. */
  const attempt = async (count: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    const program = programs(step)
    const executable = await executables.of(program)()
    if (E.isLeft(executable)) return executable
    draws = feeder(program, step, count, draws)
    const result = await executable.right.run({ first: step, count, draws })()
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
  const playTo = async (end: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    const first = step
    const parts: Costs[] = []
    while (step < end) {
      const planned = step + equalSteps(programs, step, end - step)
      const costs = await attempt(planned - step)
      // What ends the steps that were played ends the next call too.
      if (E.isLeft(costs)) return step > first ? E.right(joined(parts)) : costs
      parts.push(costs.right)
      if (step < planned) break
    }
    return E.right(joined(parts))
  }
  const run = async (count: number): Promise<E.Either<BackendError | NotFinite, Costs>> => {
    const good = isTimeToLook() ? await look() : undefined
    return good !== undefined && E.isLeft(good) ? good : playTo(step + count)
  }
  return {
    step: () => step,
    run: (count) => () => run(count),
    read: () => read,
    store,
    dispose: () => {
      executables.dispose()
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
