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

/** A store with a finite state, and its number of completed steps. */
export interface Anchor {
  readonly store: Store
  readonly step: number
}

/** The most steps between two reads of the state, so that little work is wasted if it is not finite. */
const longest = 256

/**
 * Finds what made a state non-finite: replays the steps from the anchor to `end`, finds the one that turns a finite state into a
 * non-finite one, and diagnoses it. `undefined` if the state stays finite this time. Consumes the anchor's store.
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
    // Binary search: halve the chunk that was bad.
    count = isGood && count === most ? most : Math.ceil(steps / 2)
  }
  return E.right(undefined)
}

/** Diagnoses the next step of a store. */
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
