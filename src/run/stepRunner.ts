import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { Store } from '../backends/core/backend.ts'
import { equalSteps, type Timetable } from '../compile/compile.ts'
import type { BackendError } from '../errors/backendError.ts'
import { type Costs, goodSteps, joined } from './costs.ts'
import type { DrawSource, Draws } from './draws.ts'
import type { Executables } from './executables.ts'

/** A game on a backend: the program of each step, its draws, and the state. */
export interface Course {
  readonly programs: Timetable
  readonly drawSource: DrawSource
  readonly store: Store
}

/** What came of playing some steps: their costs, or that the very first has a cost that is not finite, and was undone. */
export type Played = { readonly type: 'played'; readonly costs: Costs } | { readonly type: 'blocked' }

/** Plays steps on a store. The store always stands after a step whose costs are all finite. */
export interface StepRunner {
  /** Steps that are done. */
  readonly step: () => number
  /** Plays until so many steps are done, or until the next one has a cost that is not finite. */
  readonly playTo: (end: number) => TE.TaskEither<BackendError, Played>
}

export const createStepRunner = (
  { programs, drawSource, store }: Course,
  executables: Executables,
  firstStep: number,
): StepRunner => {
  let step = firstStep
  /** Those of the last call, which are used up: their memory is the next one's. */
  let draws: Draws = {}

  /** Some steps of one program: those before the first whose cost is not finite. */
  const attempt = async (count: number): Promise<E.Either<BackendError, Played>> => {
    const program = programs(step)
    const executable = await executables.of(program)()
    if (E.isLeft(executable)) return executable
    draws = drawSource(program, step, count, draws)
    const result = await executable.right.run({ first: step, count, draws })()
    if (E.isLeft(result)) return result
    const good = goodSteps(result.right, count)
    if (good === count) {
      step += count
      return E.right({ type: 'played', costs: result.right })
    }
    store.undo()
    // The good ones once more: the state after them was not kept.
    return good > 0 ? attempt(good) : E.right({ type: 'blocked' })
  }
  const playTo = async (end: number): Promise<E.Either<BackendError, Played>> => {
    const parts: Costs[] = []
    while (step < end) {
      const planned = step + equalSteps(programs, step, end - step)
      const played = await attempt(planned - step)
      // What ends the steps that were played ends the next call too.
      if (E.isLeft(played) || played.right.type === 'blocked') {
        if (parts.length === 0) return played
        break
      }
      parts.push(played.right.costs)
      if (step < planned) break
    }
    return E.right({ type: 'played', costs: joined(parts) })
  }
  return { step: () => step, playTo: (end) => () => playTo(end) }
}
