import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import type { BinaryOp, UnaryOp } from '../ir/ops/elementwise.ts'
import { binaryOps, selectOp, unaryOps } from '../ir/ops/elementwise.ts'

/** What a number may depend on that is known before the first step, each as a function of the step. */
export interface Clock {
  /** The game's number of steps. */
  readonly steps: number
  /** The variable `updates`; absent where there is none. */
  readonly updates?: (step: number) => number
}

type Closed = Extract<
  Term,
  {
    readonly op:
      | 'number'
      | 'step'
      | 'progress'
      | 'variable'
      | 'ranged'
      | 'square'
      | 'stopGradient'
      | 'select'
      | UnaryOp
      | BinaryOp
  }
>

const isClosed = (term: Term): term is Closed =>
  term.op === 'variable'
    ? term.name === 'updates'
    : ['number', 'step', 'progress', 'ranged', 'square', 'stopGradient', 'select'].includes(term.op) ||
      term.op in unaryOps ||
      term.op in binaryOps

/** Whether a number is known at every step before the first one. */
export const dependsOnStepAlone = (term: Term): boolean => subterms(term).every(isClosed)

/** The values of a number at some steps; `round` is applied to the result of every operation. */
export const valuesAt = (
  root: Term,
  at: readonly number[],
  { steps, updates = () => Number.NaN }: Clock,
  round: (x: number) => number,
): Float64Array => {
  const all = Float64Array.from(at)
  const of = (f: (step: number) => number): Float64Array => all.map(f)
  const done = new Map<Term, Float64Array>()
  const evaluate = (term: Term): Float64Array => {
    const known = done.get(term)
    if (known !== undefined) return known
    const made = operation(term).map(round)
    done.set(term, made)
    return made
  }
  const operation = (term: Term): Float64Array => {
    if (!isClosed(term)) throw new Error(`broken invariant: ${term.op} does not depend on the step alone`)
    switch (term.op) {
      case 'number':
        return of(() => term.value)
      case 'step':
        return of((step) => step)
      case 'progress':
        return of((step) => round(step) / round(steps))
      case 'variable':
        return of(updates)
      case 'ranged':
      case 'stopGradient':
        return evaluate(term.of)
      case 'square':
        return evaluate(term.of).map((x) => x * x)
      case 'select':
        return selectOp.evaluate({}, [term.condition, term.chosen, term.otherwise].map(evaluate), [], [])
      default:
        return 'of' in term
          ? unaryOps[term.op].evaluate({}, [evaluate(term.of)], [], [])
          : binaryOps[term.op].evaluate({}, [evaluate(term.left), evaluate(term.right)], [], [])
    }
  }
  return evaluate(root)
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
