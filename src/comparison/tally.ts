import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError } from '../backends/backend.ts'
import type { Program } from '../ir/program.ts'
import type { FoundAt, StepOff, Verdict } from './comparison.ts'
import { tolerance } from './deviation.ts'
import { firstDifference } from './firstDifference.ts'
import type { Moment } from './moment.ts'
import type { ReferenceStep } from './reference.ts'
import { type Stepper, singleStep } from './singleStep.ts'

/** What was found of a backend so far. */
export interface Tally {
  readonly worst: StepOff
  /** Steps that were searched for the first value that differs. */
  readonly searches: number
  readonly found?: FoundAt
}

export const nothingYet: Tally = { worst: { tensor: '', relative: 0, step: 0 }, searches: 0 }

/** A search takes as long as many steps. Where it finds rounding, another step may still show a fault. */
const mostSearches = 3

/** Searches a step for its first value that differs; an op that is wrong is not forgotten for rounding. */
export const searched = (
  tally: Tally,
  backend: Backend,
  program: Program,
  moment: Moment,
): TE.TaskEither<BackendError, Tally> => {
  const isSettled = tally.found !== undefined && tally.found.fault !== 'rounding'
  if (isSettled || tally.searches === mostSearches) return TE.right(tally)
  return pipe(
    firstDifference(backend, program, moment),
    TE.map((difference) => ({
      ...tally,
      searches: tally.searches + 1,
      ...(difference !== undefined && { found: { ...difference, step: moment.step } }),
    })),
  )
}

/** Takes one more step from the reference's state. */
export const tallied = (
  tally: Tally,
  backend: Backend,
  stepper: Stepper,
  program: Program,
  reference: ReferenceStep,
): TE.TaskEither<BackendError, Tally> =>
  pipe(
    singleStep(stepper, program, reference),
    TE.flatMap((off) => {
      const worst = off.relative > tally.worst.relative ? { ...off, step: reference.moment.step } : tally.worst
      const next = { ...tally, worst }
      return off.relative > tolerance ? searched(next, backend, program, reference.moment) : TE.right(next)
    }),
  )

export const verdictOf = ({ worst, found }: Tally): Verdict => {
  if (found !== undefined) return { type: found.fault === 'rounding' ? 'rounding' : 'differs', at: found }
  return { type: worst.relative > tolerance ? 'differs' : 'agrees' }
}
