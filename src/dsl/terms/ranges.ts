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

/** A range of numbers. An open end does not belong to it. */
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
 * The range of each kind of number that may change over the steps. Codecs and constructors check constants with it, the compiler checks
 * schedules at every step, and programs check numbers that depend on state while they run.
 */
export const ranges: { readonly [K in RangeKind]: Range } = {
  /** 0 keeps the parameters where they are. */
  rate: { noun: 'a learning rate', ...atLeast0 },
  /** The decay of a moving average: Adam's betas, RMSprop's decay. */
  decay: { noun: 'a decay', ...from0Below1 },
  /** The weight of a penalty. */
  weight: { noun: 'a weight', ...atLeast0 },
  probability: { noun: 'a probability', ...from0To1 },
  /** A share of an image's height and width. */
  ratio: { noun: 'a ratio', ...from0To1 },
  /** A share of a batch, which must not be empty. */
  fraction: { noun: 'a fraction', ...above0To1 },
  deviation: { noun: 'a standard deviation', ...atLeast0 },
  /** The factor of an exponential schedule. */
  factor: { noun: 'a factor', ...above0 },
  /** The length of a schedule, in steps or updates. */
  duration: { noun: 'a number of steps', ...atLeast0 },
  /** The interval between changes of a schedule, in steps or updates. */
  period: { noun: 'a number of steps', ...above0 },
}

export const rangeKinds = Object.keys(ranges) as readonly RangeKind[]

/** `a learning rate of at least 0` */
export const describeRange = (kind: RangeKind): string => `${ranges[kind].noun} ${ranges[kind].limits}`

/** The text of a number that left its range, for the error that ends the run: `a learning rate of at least 0 (0.1 · k)`. */
export const rangedText = (kind: RangeKind, formula: string): string => `${describeRange(kind)} (${formula})`

export const isInRange = (kind: RangeKind, value: number): boolean => {
  const { least, most, open } = ranges[kind]
  return (open === 'least' ? value > least : value >= least) && (open === 'most' ? value < most : value <= most)
}

/** The codec of constants of a kind. */
export const constantOf = (kind: RangeKind): t.Type<number, unknown> =>
  number(`a number ${ranges[kind].limits}`, (value) => isInRange(kind, value))

/** The problem of a constant outside its range, if it is. */
export const rangeProblem = (kind: RangeKind, of: Term): Problem | undefined =>
  of.op !== 'number' || isInRange(kind, of.value)
    ? undefined
    : { expected: describeRange(kind), found: `${of.value}`, hint: `Give ${describeRange(kind)}.` }

/**
 * Marks a number that must stay in the range of its kind, so that the compiler checks it: a constant outside is an error of the spec, a
 * schedule is checked at all steps, and a number that depends on state is checked during training. Constants in range and variables
 * are returned without a mark.
 */
export const ranged = <U extends string = never>(
  kind: RangeKind,
  value: number | Expr<'batch', [], U>,
): number | Expr<'batch', [], U> => {
  if (typeof value === 'number')
    return isInRange(kind, value) ? value : { term: { op: 'ranged', kind, of: { op: 'number', value } } }
  return value.term.op === 'variable' ? value : { term: { op: 'ranged', kind, of: value.term } }
}
