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

/** The result of running steps: their costs; or `blocked` if the first one has a non-finite cost, and was undone. */
export type Played = { readonly type: 'played'; readonly costs: Costs } | { readonly type: 'blocked' }

/** Runs steps on a store. The store always holds the state after a step with finite costs. */
export interface StepRunner {
  /** The number of completed steps. */
  readonly step: () => number
  /** Runs until `end` steps are completed, or until the next one has a non-finite cost. */
  readonly playTo: (end: number) => TE.TaskEither<BackendError, Played>
}

export const createStepRunner = (
  { programs, drawSource, store }: Course,
  executables: Executables,
  firstStep: number,
): StepRunner => {
  let step = firstStep
  /** The draws of the last call. The next call reuses their memory. */
  let draws: Draws = {}

  /** Runs some steps of one program, up to the first non-finite cost. */
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
    // Run the good steps again, because their final state was not kept.
    return good > 0 ? attempt(good) : E.right({ type: 'blocked' })
  }
  const playTo = async (end: number): Promise<E.Either<BackendError, Played>> => {
    const parts: Costs[] = []
    while (step < end) {
      const planned = step + equalSteps(programs, step, end - step)
      const played = await attempt(planned - step)
      // If this chunk is blocked, the next call will be, too.
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
