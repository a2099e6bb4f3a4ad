import { evaluateTerm } from '../algebra/evaluateTerm.ts'
import { strayPart } from '../algebra/pointwise.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import { keyOf } from '../ir/key.ts'

/** The kind of what D is given: data, or generated samples. */
export type Kind = 'real' | 'fake'

/**
 * The distribution of what D is given in the place of a kind: with the probability `exchanged` samples of the other kind, so
 * many independent ones at once.
 */
export interface Law {
  readonly kind: Kind
  readonly exchanged: Probability
  readonly samples: number
  /** Whether generated samples are also older ones, from a replay buffer. */
  readonly older: boolean
}

/** A probability over the steps of a game: between which numbers it lies. */
export interface Probability {
  readonly term: Term
  readonly least: number
  readonly most: number
}

/** What D is given in the place of data, and in the place of generated samples. */
export interface Laws {
  readonly real: Law
  readonly fake: Law
}

export const never: Probability = { term: { op: 'number', value: 0 }, least: 0, most: 0 }

export const isSameLaw = (one: Law, other: Law): boolean => {
  const identify = identifier()
  const key = (law: Law): string =>
    keyOf({ ...law, exchanged: { ...law.exchanged, term: identify(law.exchanged.term) } })
  return key(one) === key(other)
}

/** More steps than these are not gone through one by one. */
const manySteps = 1e6

/** A probability of a game of so many steps; between 0 and 1 where more than the step decides it. */
export const probabilityOf = (term: Term, steps: number): Probability => {
  const step: Term = { op: 'variable', name: 'step' }
  const progress: Term = { op: 'div', left: step, right: { op: 'number', value: Math.max(1, steps) } }
  const ofStep = rewrite(term, (part) => {
    if (part.op === 'ranged') return part.of
    return part.op === 'step' ? step : part.op === 'progress' ? progress : part
  })
  if (strayPart(ofStep) !== undefined || steps > manySteps) return { term, least: 0, most: 1 }
  const identify = identifier()
  const isConstant = identify(ofStep) === identify(term)
  const values = evaluateTerm(ofStep, {
    step: Array.from({ length: isConstant ? 1 : Math.max(1, steps) }, (_, i) => i),
  })
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
    Infinity,
    -Infinity,
  ] as const)
  return Number.isNaN(least) || Number.isNaN(most)
    ? { term, least: 0, most: 1 }
    : { term, least: within(least), most: within(most) }
}

const within = (value: number): number => Math.min(Math.max(value, 0), 1)
