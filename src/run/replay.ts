import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Store } from '../backends/core/backend.ts'
import { equalSteps, type Timetable } from '../compile/compile.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import { firstNotFinite, notFiniteTensor } from './diagnose.ts'
import type { DrawSource } from './draws.ts'
import { createExecutables, type Executables } from './executables.ts'
import { mostSteps } from './pace.ts'

/** A store with a finite state, after so many steps. */
export interface Anchor {
  readonly store: Store
  readonly step: number
}

/** A store is read after so many steps at the latest: few are wasted where it turns out not to be finite. */
const longest = 256

/**
 * Names what made a state not finite: plays the steps from the anchor to `end` once more, finds the one that begins with a
 * finite state and ends with another, and looks into it. `undefined` where the state stays finite this time. The anchor's
 * store is used up.
 */
export const replay = (
  programs: Timetable,
  drawSource: DrawSource,
  anchor: Anchor,
  end: number,
): TE.TaskEither<BackendError, NotFinite | undefined> =>
  TE.bracket(
    TE.right(createExecutables(anchor.store)),
    (executables) => () => search(programs, drawSource, anchor, executables, end),
    (executables) => TE.fromIO(executables.dispose),
  )

const search = async (
  programs: Timetable,
  drawSource: DrawSource,
  { store, step: first }: Anchor,
  executables: Executables,
  end: number,
): Promise<E.Either<BackendError, NotFinite | undefined>> => {
  const most = Math.min(longest, mostSteps(programs(first)))
  let step = first
  let count = most
  while (step < end) {
    const program = programs(step)
    const steps = equalSteps(programs, step, Math.min(count, end - step))
    const executable = await executables.of(program)()
    if (E.isLeft(executable)) return executable
    const result = await executable.right.run({ first: step, count: steps, draws: drawSource(program, step, steps) })()
    if (E.isLeft(result)) return result
    const after = await store.read()()
    if (E.isLeft(after)) return after
    const isGood = notFiniteTensor(after.right, step) === undefined
    if (isGood) step += steps
    else store.undo()
    if (!isGood && steps === 1) return lookInto(programs, drawSource, store, step)
    // Only half of what was bad is left to search, also where that half is good.
    count = isGood && count === most ? most : Math.ceil(steps / 2)
  }
  return E.right(undefined)
}

/** Names what is not finite in the step that a store stands before. */
export const lookInto = async (
  programs: Timetable,
  drawSource: DrawSource,
  store: Store,
  step: number,
): Promise<E.Either<BackendError, NotFinite | undefined>> =>
  pipe(
    await store.read()(),
    E.map((state) => {
      const program = programs(step)
      return notFiniteTensor(state, step) ?? firstNotFinite(program, state, drawSource(program, step, 1), step)
    }),
  )
