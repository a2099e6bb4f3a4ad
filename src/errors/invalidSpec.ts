import { head, type NonEmptyArray } from '#fp-ts/NonEmptyArray'
import type { SpecPlace } from './place.ts'
import { problemOf, type SpecError, type SpecErrors } from './specError.ts'

/** An invalid spec. Its place, message and hint are those of the first mistake. */
export interface InvalidSpec {
  readonly type: 'InvalidSpec'
  readonly place: SpecPlace
  readonly message: string
  readonly hint: string
  /** Every mistake that was found. */
  readonly errors: NonEmptyArray<SpecError>
}

export const invalidSpec = (errors: SpecErrors): InvalidSpec => {
  const { place, message, hint } = problemOf(head(errors))
  return { type: 'InvalidSpec', place, message, hint, errors }
}
