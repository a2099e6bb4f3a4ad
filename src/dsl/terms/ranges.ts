import type * as t from '#io-ts'
import { number } from '../../codecs/numbers.ts'
import type { Problem } from '../../errors/specError.ts'
import type { Expr } from './expression.ts'
import type { Term } from './term.ts'

/** The kinds of numbers that have a range of their own: see `ranges`. */
export type RangeKind =
  | 'rate'
  | 'decay'
  | 'weight'
  | 'probability'
  | 'ratio'
  | 'fraction'
  | 'deviation'
  | 'factor'
  | 'duration'
  | 'period'

/** What a number has to be. An end that is open does not belong to the range. */
interface Range {
  readonly noun: string
  readonly limits: string
  readonly least: number
  readonly most: number
  readonly open?: 'least' | 'most'
}

const atLeast0 = { limits: 'of at least 0', least: 0, most: Number.POSITIVE_INFINITY }
const above0 = { ...atLeast0, limits: 'above 0', open: 'least' } as const
const from0To1 = { limits: 'from 0 to 1', least: 0, most: 1 }
const above0To1 = { ...from0To1, limits: 'above 0 and at most 1', open: 'least' } as const
const from0Below1 = { ...from0To1, limits: 'of at least 0 and below 1', open: 'most' } as const

/**
 * The range of each kind of number that may change over the steps, once: codecs and constructors check constants by it, the
 * compiler checks a schedule at every step, and a program checks what depends on state while it runs.
 */
export const ranges: { readonly [K in RangeKind]: Range } = {
  /** 0 keeps the parameters where they are. */
  rate: { noun: 'a learning rate', ...atLeast0 },
  /** How much of itself a moving average keeps in an update: Adam's betas, RMSProp's decay. */
  decay: { noun: 'a decay', ...from0Below1 },
  /** How much a penalty counts. */
  weight: { noun: 'a weight', ...atLeast0 },
  probability: { noun: 'a probability', ...from0To1 },
  /** A part of an image's height and width. */
  ratio: { noun: 'a ratio', ...from0To1 },
  /** A part of a batch, which may not be empty. */
  fraction: { noun: 'a fraction', ...above0To1 },
  deviation: { noun: 'a standard deviation', ...atLeast0 },
  /** What a schedule is multiplied by, again and again. */
  factor: { noun: 'a factor', ...above0 },
  /** A number of steps or updates within which a schedule runs. */
  duration: { noun: 'a number of steps', ...atLeast0 },
  /** A number of steps or updates after which a schedule changes, each time. */
  period: { noun: 'a number of steps', ...above0 },
}

export const rangeKinds = Object.keys(ranges) as readonly RangeKind[]

/** `a learning rate of at least 0` */
export const describeRange = (kind: RangeKind): string => `${ranges[kind].noun} ${ranges[kind].limits}`

/** What a run that ends because a number left its range says of it: `a learning rate of at least 0 (0.1 · k)`. */
export const rangedText = (kind: RangeKind, formula: string): string => `${describeRange(kind)} (${formula})`

export const isInRange = (kind: RangeKind, value: number): boolean => {
  const { least, most, open } = ranges[kind]
  return (open === 'least' ? value > least : value >= least) && (open === 'most' ? value < most : value <= most)
}

/** The codec of constants of a kind. */
export const constantOf = (kind: RangeKind): t.Type<number, unknown> =>
  number(`a number ${ranges[kind].limits}`, (value) => isInRange(kind, value))

/** What is wrong with a constant of a kind, if anything is. */
export const rangeProblem = (kind: RangeKind, of: Term): Problem | undefined =>
  of.op !== 'number' || isInRange(kind, of.value)
    ? undefined
    : { expected: describeRange(kind), found: `${of.value}`, hint: `Give ${describeRange(kind)}.` }

/**
 * A number that has to stay in the range of its kind. A constant that does is the number itself; anything else is marked, so
 * that the compiler checks it: a constant out of range is an error of the spec, a schedule is looked at over all steps, and
 * what depends on state is checked while the game runs. A variable stands for whatever is bound to it, and is not marked.
 */
export const ranged = <U extends string = never>(
  kind: RangeKind,
  value: number | Expr<'batch', [], U>,
): number | Expr<'batch', [], U> => {
  if (typeof value === 'number')
    return isInRange(kind, value) ? value : { term: { op: 'ranged', kind, of: { op: 'number', value } } }
  return value.term.op === 'variable' ? value : { term: { op: 'ranged', kind, of: value.term } }
}
