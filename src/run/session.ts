import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../backends/core/backend.ts'
import { type Compiled, type Timetable, timetable } from '../compile/compile.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import type { Program } from '../ir/program.ts'
import type { Costs } from './costs.ts'
import type { DrawSource } from './draws.ts'
import { createExecutables, type Executables } from './executables.ts'
import { createFinitenessGuard } from './finitenessGuard.ts'
import { type Course, createStepRunner } from './stepRunner.ts'

/** A game in training on a backend. */
export interface Session {
  /** The number of completed steps. */
  readonly step: () => number
  /**
   * Runs some steps. At a non-finite cost it stops before that step, and returns the costs so far. Left if already the
   * first step has one.
   */
  readonly run: (count: number) => TE.TaskEither<BackendError | NotFinite, Costs>
  /** Reads the present state; left if it is not finite. */
  readonly read: () => TE.TaskEither<BackendError | NotFinite, HostTensors>
  readonly store: Store
  readonly dispose: () => void
}

/** The programs of this many steps are compiled before the first step, because compiling blocks signals. */
const foreseen = 1000

/** The distinct programs of the first steps from `first` on, in order. */
const firstPrograms = (programs: Timetable, first: number, steps: number): readonly Program[] => {
  const count = Math.max(1, Math.min(foreseen, steps - first))
  return [...new Set(Array.from({ length: count }, (_, i) => programs(first + i)))]
}

/** Loads a game's state into a backend, and compiles its steps. */
export const createSession = (
  compiled: Compiled,
  backend: Backend,
  drawSource: DrawSource,
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
    TE.map(({ store, executables, programs }) => sessionOf({ programs, drawSource, store }, executables, firstStep)),
  )

const sessionOf = (course: Course, executables: Executables, firstStep: number): Session => {
  const { store } = course
  const runner = createStepRunner(course, executables, firstStep)
  const guard = createFinitenessGuard(course, firstStep)
  return {
    step: runner.step,
    run: (count) =>
      pipe(
        TE.fromIO(runner.step),
        TE.flatMap(guard.lookNowAndThen),
        TE.flatMap(() => runner.playTo(runner.step() + count)),
        TE.flatMap(
          (played): TE.TaskEither<BackendError | NotFinite, Costs> =>
            played.type === 'played' ? TE.right(played.costs) : guard.explain(runner.step()),
        ),
      ),
    read: () => () => guard.read(runner.step())(),
    store,
    dispose: () => {
      executables.dispose()
      guard.dispose()
      store.dispose()
    },
  }
}
