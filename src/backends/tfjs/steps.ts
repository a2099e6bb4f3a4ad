import { present } from '../../ir/present.ts'
import type { Program } from '../../ir/program.ts'
import type { Feeds } from '../core/backend.ts'
import { drawOf } from '../core/feeds.ts'
import type { Tensor } from './device.ts'
import { type Given, interpret, type Values } from './interpret.ts'
import { joined } from './metrics.ts'
import type { Slot } from './plan.ts'
import type { Ready } from './ready.ts'
import { disposeAll, type Tensors } from './tensors.ts'

/** What steps yield: new state, and all metrics, step after step, in one vector. */
export interface Yield {
  readonly written: Tensors
  readonly vector: Tensor | undefined
}

const givenAt = ({ draws }: Program, state: Tensors, feeds: Feeds, index: number): Given => ({
  state,
  step: feeds.first + index,
  // A copy, for tfjs keeps what it is given.
  draw: (name) => drawOf(feeds, name, present(draws[name], name).shape, index, 1).slice(),
})

const resultAt = (values: Values, slot: Slot): Tensor => {
  const tensor = values.get(slot)
  if (tensor === undefined) throw new Error(`broken invariant: result ${slot} was not kept`)
  return tensor
}

/** One step: what it writes and, in the program's order, what it reports. */
const stepOnce = ({ device, plan, schedule, kept }: Ready, given: Given) => {
  const values = interpret(device, schedule.each, given, kept)
  const written = Object.entries(plan.writes).map(([name, slot]) => [name, resultAt(values, slot)] as const)
  return {
    written: Object.fromEntries(written),
    metrics: Object.values(plan.metrics).map((slot) => resultAt(values, slot)),
  }
}

/**
 * All steps of a call, without waiting for the device. The state that they start from stays as it is; where one fails, what
 * those before it made is disposed of.
 */
export const takeSteps = (ready: Ready, start: Tensors, feeds: Feeds): Yield => {
  let written: Tensors = {}
  const metrics: Tensor[] = []
  try {
    for (let index = 0; index < feeds.count; index++) {
      const made = stepOnce(ready, givenAt(ready.program, { ...start, ...written }, feeds, index))
      disposeAll(Object.values(written))
      written = made.written
      for (const metric of made.metrics) metrics.push(metric)
    }
    return { written, vector: joined(ready.device, metrics) }
  } catch (cause) {
    disposeAll([...Object.values(written), ...metrics])
    throw cause
  }
}
