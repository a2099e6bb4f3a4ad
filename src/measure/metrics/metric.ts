import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Roles } from '../../compile/roles.ts'
import type { Term } from '../../dsl/terms/term.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { NoAnswer } from '../../errors/noAnswer.ts'
import type { Subject } from '../ask.ts'
import type { Budget } from '../budget.ts'
import type { CriticReading } from '../criticReading.ts'
import type { Setting } from '../setting.ts'
import type { TrainedGame } from '../trained.ts'

/** A measurement. Left: why there is none. */
export type Measured<A> = E.Either<NoAnswer, A>

/** Says which class samples are of. */
export interface Classifier {
  readonly classes: number
  /** The class, from 0, of each of `count` samples that stand one after the other. */
  readonly classify: (samples: Float32Array, count: number) => TE.TaskEither<BackendError, readonly number[]>
}

/** A trained game that is open on its backend, with all that is known of it: what a metric measures. */
export interface Measurable extends TrainedGame, Subject {
  readonly roles: Measured<Roles>
  /** A sample of the data, and what the generator makes in its place. */
  readonly samples: Measured<{ readonly real: Term; readonly generated: Term }>
  /** What the critic's number means. */
  readonly critic: Measured<CriticReading>
  readonly setting: Measured<Setting>
  /** How much may be computed: a metric's own choice where absent. */
  readonly budget: Partial<Budget>
  /** Generated samples in which modes or classes are counted: a metric's own choice where absent. */
  readonly count?: number
  readonly classifier?: Classifier
  /** Steps of a metric's own training that are done, of so many. */
  readonly onProgress?: (done: number, steps: number) => void
  /** Where it is set off, what is not measured yet is left out, or measured in haste. */
  readonly signal?: AbortSignal
}

/** How a game was measured: what the lines of its metrics say beside their numbers. */
export interface Context {
  readonly setting: Measured<Setting>
  /** Whether real samples that were measured are fresh ones, or rows of a data set that training has seen too. */
  readonly real: 'fresh' | 'seen'
  /** Whether D's own objective is V of Goodfellow et al. 2014. */
  readonly playsV: boolean
  /** Whether the metric of this name was measured. */
  readonly has: (metric: string) => boolean
}

/** A line of the summary: what is measured, and what was found. */
export type Line = readonly [label: string, found: string]

/** A number of what was found, as tables of several runs and curves show it. */
export interface NumberOf<A> {
  readonly of: (found: A) => number
  readonly name: string
  readonly digits: number
  /** A share, which is shown in percent. */
  readonly unit?: '%'
}

/** Something that is measured of a trained game. */
export interface Metric<A, K extends string = string> {
  /** What the summary calls it where it could not be measured. */
  readonly label: string
  readonly measure: (game: Measurable) => TE.TaskEither<BackendError, Measured<A>>
  readonly show: (found: A, context: Context) => readonly Line[]
  /** Whether the summary shows it, also where it could not be measured: always where absent. */
  readonly isShown?: (context: Context) => boolean
  readonly numbers: { readonly [name in K]: NumberOf<A> }
}

interface Definition<N, A, K extends string> extends Omit<Metric<A, K>, 'measure'> {
  /** What the metric needs of a game. Left: why this game does not have it. */
  readonly needs: (game: Measurable) => Measured<N>
  /** Left: also why it could not be measured after all. */
  readonly measure: (game: Measurable, needed: N) => TE.TaskEither<BackendError | NoAnswer, A>
}

/** A metric that measures the games that have what it needs, and says of the others why it does not. */
export const metric = <N, A, K extends string>({ needs, measure, ...shown }: Definition<N, A, K>): Metric<A, K> => ({
  ...shown,
  measure: (game) =>
    pipe(
      TE.fromEither(needs(game)),
      TE.flatMap((needed) => measure(game, needed)),
      TE.map((found): Measured<A> => E.right(found)),
      TE.orElse((error) =>
        error.type === 'NoAnswer' ? TE.right<BackendError, Measured<A>>(E.left(error)) : TE.left(error),
      ),
    ),
})
