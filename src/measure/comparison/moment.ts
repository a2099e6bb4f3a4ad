import type { Feed, Values } from '../../ir/evaluate.ts'
import type { Floats, HostTensors } from '../../ir/hostTensor.ts'

/** What a step starts from: the state after so many steps, and what is drawn for it. */
export interface Moment {
  readonly step: number
  readonly state: HostTensors
  readonly draws: { readonly [name: string]: Float32Array }
}

const wide = (values: Floats): Float64Array => Float64Array.from(values)

/** The same in float64. */
export const feedOf = ({ step, state, draws }: Moment): Feed => ({
  step,
  state: mapped(state, ({ values }) => wide(values)),
  draws: mapped(draws, wide),
})

const mapped = <A>(named: { readonly [name: string]: A }, change: (a: A) => Float64Array): Values =>
  Object.fromEntries(Object.entries(named).map(([name, a]) => [name, change(a)]))
