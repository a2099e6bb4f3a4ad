import type { Timetable } from '../../compile/compile.ts'
import { evaluate, type Result, type Values } from '../../ir/evaluate.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'
import type { DrawSource } from '../../run/draws.ts'
import { feedOf, type Moment } from './moment.ts'
import { type Exact, evaluateExactly } from './rounding.ts'

/** A step in float64, from a state that was rounded to float32. */
export interface ReferenceStep {
  readonly program: Program
  readonly moment: Moment
  readonly result: Result
  /** The state after it, rounded. */
  readonly state: HostTensors
  /** Every value, and how far rounding alone moves it, by so many trials at least: made when it is first asked for. */
  readonly exact: (trials: number) => Exact
}

const rounded = (before: HostTensors, values: Values): HostTensors =>
  Object.fromEntries(
    Object.entries(before).map(([name, { shape, values: old }]) => [
      name,
      { shape, values: Float32Array.from(values[name] ?? old) },
    ]),
  )

const isFiniteStep = ({ metrics }: Result, state: HostTensors): boolean =>
  Object.values(metrics).every(
    ([cost]) => cost !== undefined && Math.abs(Math.fround(cost)) < Number.POSITIVE_INFINITY,
  ) && Object.values(state).every(({ values }) => values.every(Number.isFinite))

/** The steps of a game in float64, until one of them is not finite. */
export function* referenceSteps(
  programs: Timetable,
  drawSource: DrawSource,
  initial: HostTensors,
  steps: number,
): Generator<ReferenceStep> {
  let before = initial
  for (let step = 0; step < steps; step++) {
    const program = programs(step)
    const moment = { step, state: before, draws: drawSource(program, step, 1) }
    const result = evaluate(program, feedOf(moment))
    const state = rounded(before, result.state)
    if (!isFiniteStep(result, state)) return
    let known: { readonly trials: number; readonly exact: Exact } | undefined
    const exact = (trials: number): Exact => {
      if (known !== undefined && known.trials >= trials) return known.exact
      // One at a time: it holds every value of a step.
      known = undefined
      known = { trials, exact: evaluateExactly(program, feedOf(moment), trials) }
      return known.exact
    }
    yield { program, moment, result, state, exact }
    before = state
  }
}
