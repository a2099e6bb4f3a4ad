import { inArithmetic, isElementwise } from '../dsl/terms/inArithmetic.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { type Arithmetic, arithmeticOf } from '../ir/arithmetic.ts'
import { binaryOps, selectOp, unaryOps } from '../ir/ops/elementwise.ts'

/** What a number may depend on that is known before the first step, each as a function of the step. */
export interface Clock {
  /** The game's number of steps. */
  readonly steps: number
  /** The variable `updates`; absent where there is none. */
  readonly updates?: (step: number) => number
}

const isClosed = (term: Term): boolean =>
  term.op === 'variable'
    ? term.name === 'updates'
    : term.op === 'step' || term.op === 'progress' || term.op === 'ranged' || isElementwise(term)

/** Whether a number is known at every step before the first one. */
export const dependsOnStepAlone = (term: Term): boolean => subterms(term).every(isClosed)

/** Arithmetic on as many numbers at once; `round` is applied to the result of every operation. */
const onArrays = (length: number, round: (x: number) => number): Arithmetic<Float64Array> =>
  arithmeticOf<Float64Array>({
    number: (value) => new Float64Array(length).fill(round(value)),
    unary: (op) => (x) => unaryOps[op].evaluate({}, [x], [[length]], [length]).map(round),
    binary: (op) => (x, y) => binaryOps[op].evaluate({}, [x, y], [[length], [length]], [length]).map(round),
    select: (condition, x, y) =>
      selectOp.evaluate({}, [condition, x, y], [[length], [length], [length]], [length]).map(round),
    square: (x) => x.map((each) => round(each * each)),
  })

/** The values of a number at some steps; `round` is applied to the result of every operation. */
export const valuesAt = (
  root: Term,
  at: readonly number[],
  { steps, updates = () => Number.NaN }: Clock,
  round: (x: number) => number,
): Float64Array => {
  const all = Float64Array.from(at)
  return inArithmetic(onArrays(at.length, round), root, (term, of) => {
    if (term.op === 'step') return all.map(round)
    if (term.op === 'progress') return all.map((step) => round(round(step) / round(steps)))
    if (term.op === 'variable') return all.map((step) => round(updates(step)))
    return term.op === 'ranged' ? of(term.of) : undefined
  })
}

/** So many steps are looked at one by one; of more, as many at even distances. */
const most = 10_000

/**
 * The steps at which a number is looked at: one where it is constant; all of them in a game of up to 10,000; else as many at even distances, the first and
 * the last among them, and those where a constant of the expression may bend or cut it.
 */
export const lookedAt = (term: Term, { steps, updates }: Clock): readonly number[] => {
  if (!subterms(term).some(({ op }) => op === 'step' || op === 'progress' || op === 'variable')) return [0]
  if (steps <= most) return Array.from({ length: steps }, (_, step) => step)
  const even = Array.from({ length: most }, (_, i) => Math.round((i * (steps - 1)) / (most - 1)))
  const perStep = (updates?.(steps) ?? steps) / steps
  const bends = subterms(term).flatMap((each) =>
    each.op === 'number' ? [each.value, each.value * steps, each.value / perStep] : [],
  )
  const near = bends.flatMap((bend) => [-2, -1, 0, 1, 2].map((by) => Math.round(bend) + by))
  const all = [...even, ...near.filter((step) => step >= 0 && step < steps)]
  return near.length === 0 ? even : [...new Set(all)].sort((a, b) => a - b)
}
