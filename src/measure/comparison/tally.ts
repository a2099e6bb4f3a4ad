import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../../backends/core/backend.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { Program } from '../../ir/program.ts'
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
  /** How far a step was off that rounding explains. */
  readonly explained: number
  /** Whether a step is off though none of its values is. */
  readonly isUnexplained: boolean
  readonly found?: FoundAt
}

export const nothingYet: Tally = {
  worst: { tensor: '', relative: 0, step: 0 },
  searches: 0,
  explained: 0,
  isUnexplained: false,
}

/** A search takes as long as many steps. After so many that found rounding, only what is much further off is searched. */
const mostSearches = 3
const muchFurther = 10

const isSettled = ({ found }: Tally): boolean => found !== undefined && found.fault !== 'rounding'

/** Takes one more step from the reference's state; where it is off, it is searched for the first value that differs. */
export const tallied = (
  tally: Tally,
  backend: Backend,
  stepper: Stepper,
  reference: ReferenceStep,
): TE.TaskEither<BackendError, Tally> =>
  pipe(
    singleStep(stepper, reference),
    TE.flatMap((off) => {
      const worst = off.relative > tally.worst.relative ? { ...off, step: reference.moment.step } : tally.worst
      const next = { ...tally, worst }
      return isToSearch(tally, off.relative)
        ? searchedStep(next, off.relative, backend, reference.program, reference.moment)
        : TE.right(next)
    }),
  )

const isToSearch = (tally: Tally, relative: number): boolean =>
  relative > tolerance &&
  !isSettled(tally) &&
  (tally.searches < mostSearches || relative > muchFurther * tally.explained)

const searchedStep = (
  tally: Tally,
  relative: number,
  backend: Backend,
  program: Program,
  moment: Moment,
): TE.TaskEither<BackendError, Tally> =>
  pipe(
    firstDifference(backend, program, moment),
    TE.map((difference) => {
      const next = { ...tally, searches: tally.searches + 1 }
      if (difference === undefined) return { ...next, isUnexplained: true }
      const explained = difference.fault === 'rounding' ? Math.max(tally.explained, relative) : tally.explained
      return { ...next, explained, found: { ...difference, step: moment.step } }
    }),
  )

/** Searches the step in which a free run is not finite, unless an op that is wrong is known: float64 may come to the same. */
export const searchedEnd = (
  tally: Tally,
  backend: Backend,
  program: Program,
  moment: Moment,
): TE.TaskEither<BackendError, Tally> =>
  isSettled(tally)
    ? TE.right(tally)
    : pipe(
        firstDifference(backend, program, moment),
        TE.map((difference) =>
          difference === undefined ? tally : { ...tally, found: { ...difference, step: moment.step } },
        ),
      )

export const verdictOf = (tally: Tally): Verdict => {
  const { found, isUnexplained } = tally
  if (found !== undefined && isSettled(tally)) return { type: 'differs', at: found }
  if (isUnexplained) return { type: 'differs' }
  return found === undefined ? { type: 'agrees' } : { type: 'rounding', at: found }
}
