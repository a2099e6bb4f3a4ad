import type * as E from '#fp-ts/Either'
import type { BackendInfo } from '../../backends/core/backend.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { Difference } from './firstDifference.ts'
import type { Off } from './singleStep.ts'

export interface StepOff extends Off {
  readonly step: number
}

/** A game's steps on several backends, beside those of the reference. */
export interface Comparison {
  readonly steps: number
  /** The step in which the game itself, in float64, is not finite, if there is one: the comparison ends before it. */
  readonly notFinite?: number
  readonly backends: readonly Compared[]
}

export interface Compared {
  readonly name: string
  readonly outcome: E.Either<BackendError, Measured>
}

export interface Measured {
  readonly info: BackendInfo
  /** The median time of a step in a free run. */
  readonly seconds: number
  /** The single step, from the reference's state, that is furthest off. */
  readonly worst: StepOff
  /**
   * How far a free run ends from the reference's: the distance of all parameters, by their norm. Absent where one of the two
   * ended early.
   */
  readonly drift?: number
  /** The step of the free run whose costs are not finite. */
  readonly notFinite?: number
  readonly verdict: Verdict
}

/** Within tolerance; further off, but only as rounding explains; or otherwise, with the first value that differs where it was found. */
export type Verdict =
  | { readonly type: 'agrees' }
  | { readonly type: 'rounding'; readonly at: FoundAt }
  | { readonly type: 'differs'; readonly at?: FoundAt }

export interface FoundAt extends Difference {
  readonly step: number
}
