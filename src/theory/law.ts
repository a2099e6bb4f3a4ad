import { evaluateTerm } from '../algebra/evaluateTerm.ts'
import { strayPart } from '../algebra/pointwise.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import { keyOf } from '../ir/key.ts'

/** The kind of D's input: data, or generated samples. */
export type Kind = 'real' | 'fake'

/**
 * The distribution of D's input for one kind: with probability `exchanged` it is a sample of the other kind. `samples` independent
 * ones are scored at once.
 */
export interface Law {
  readonly kind: Kind
  readonly exchanged: Probability
  readonly samples: number
  /** Whether a replay buffer mixes in older generated samples. */
  readonly older: boolean
}

/** A probability that may change over the steps of a game, and its bounds. */
export interface Probability {
  readonly term: Term
  readonly least: number
  readonly most: number
}

/** The laws of D's inputs for data and for generated samples. */
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

/** Beyond this number of steps, a probability is not evaluated at each one. */
const manySteps = 1e6

/** Evaluates a probability over the steps of a game. Its bounds are 0 and 1 if it depends on more than the step. */
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
