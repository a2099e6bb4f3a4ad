import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Program, size } from '../../ir/program.ts'
import type { BackendError, Executable, Feeds } from '../backend.ts'
import { onDevice } from './activate.ts'
import type { Device, Tensor } from './device.ts'
import { attempt } from './error.ts'
import { disposeAll, type Tensors } from './holds.ts'
import { drawPart, type Given, interpret, runKernel } from './interpret.ts'
import { lower } from './lower.ts'
import type { Plan, Slot } from './plan.ts'
import { readFloats } from './read.ts'
import { type Schedule, schedule } from './schedule.ts'

/** The state that an executable works on. */
export interface StateCell {
  readonly get: () => Tensors
  /** Replaces the tensors that are named. */
  readonly replace: (tensors: Tensors) => void
}

type Metrics = { readonly [metric: string]: Float32Array }
type Kept = ReadonlyMap<Slot, Tensor>

interface Ready {
  readonly device: Device
  readonly program: Program
  readonly plan: Plan
  readonly schedule: Schedule
  readonly kept: Kept
}

const checkDraws = ({ draws }: Program, feeds: Feeds): void => {
  for (const [name, { shape }] of Object.entries(draws)) {
    const expected = feeds.count * size(shape)
    const found = feeds.draws[name]?.length
    if (found !== expected) throw new Error(`draw '${name}' has ${found} values, not ${expected}`)
  }
}

const givenAt = ({ draws }: Program, state: Tensors, feeds: Feeds, index: number): Given => ({
  state,
  step: feeds.first + index,
  draw: (name) => drawPart(feeds.draws[name] ?? new Float32Array(0), draws[name]?.shape ?? [], index),
})

const tensorAt = (values: Kept, slot: Slot): Tensor => {
  const tensor = values.get(slot)
  if (tensor === undefined) throw new Error(`broken invariant: result ${slot} was not kept`)
  return tensor
}

/** One step: what it writes and, in the program's order, what it reports. */
const stepOnce = ({ device, plan, schedule, kept }: Ready, given: Given) => {
  const values = interpret(device, schedule.each, given, kept)
  const written = Object.entries(plan.writes).map(([name, slot]) => [name, tensorAt(values, slot)] as const)
  return {
    state: Object.fromEntries(written),
    metrics: Object.values(plan.metrics).map((slot) => tensorAt(values, slot)),
  }
}

/** All steps of a call, without waiting for the device. The state that it starts from stays as it is. */
const steps = (
  ready: Ready,
  start: Tensors,
  feeds: Feeds,
): { readonly written: Tensors; readonly metrics: readonly Tensor[] } => {
  let written: Tensors = {}
  const metrics: Tensor[] = []
  try {
    for (let index = 0; index < feeds.count; index++) {
      const made = stepOnce(ready, givenAt(ready.program, { ...start, ...written }, feeds, index))
      disposeAll(Object.values(written))
      written = made.state
      metrics.push(...made.metrics)
    }
    return { written, metrics }
  } catch (cause) {
    disposeAll([...Object.values(written), ...metrics])
    throw cause
  }
}

/** All metrics of all steps as one vector, so that they are read at once. */
const joined = (device: Device, metrics: readonly Tensor[]): readonly Tensor[] => {
  if (metrics.length <= 1) return metrics
  try {
    return [runKernel(device, 'Concat', metrics, { axis: 0 })]
  } finally {
    disposeAll(metrics)
  }
}

/** Takes the vector of all steps apart again. */
const metricValues = ({ plan }: Ready, vector: Float32Array, count: number): Metrics => {
  const lengths = Object.values(plan.metrics).map((slot) => size(plan.instructions[slot]?.shape ?? []))
  const perStep = lengths.reduce((sum, length) => sum + length, 0)
  let offset = 0
  return Object.fromEntries(
    Object.keys(plan.metrics).map((name, i) => {
      const length = lengths[i] ?? 0
      const values = new Float32Array(count * length)
      for (let step = 0; step < count; step++) {
        const start = step * perStep + offset
        values.set(vector.subarray(start, start + length), step * length)
      }
      offset += length
      return [name, values]
    }),
  )
}

const readOnce = async (device: Device, vectors: readonly Tensor[]): Promise<Float32Array> => {
  const [vector] = vectors
  try {
    return vector === undefined ? new Float32Array(0) : await readFloats(device, vector)
  } finally {
    disposeAll(vectors)
  }
}

const execute = async (ready: Ready, cell: StateCell, feeds: Feeds): Promise<Metrics> => {
  const { device } = ready
  const { written, vectors } = await onDevice(device, () => {
    const { written, metrics } = steps(ready, cell.get(), feeds)
    return { written, vectors: joined(device, metrics) }
  })
  try {
    const values = await readOnce(device, vectors)
    cell.replace(written)
    return metricValues(ready, values, feeds.count)
  } catch (cause) {
    disposeAll(Object.values(written))
    throw cause
  }
}

const executable = (ready: Ready, cell: StateCell): Executable => ({
  run: (feeds) =>
    pipe(
      TE.fromIO(() => checkDraws(ready.program, feeds)),
      TE.flatMap(() =>
        attempt(
          ready.device,
          'running a program',
          'Run it on the reference backend to see whether the program is at fault.',
          () => execute(ready, cell, feeds),
        ),
      ),
    ),
  dispose: () => disposeAll(ready.kept.values()),
})

/** Makes a program ready: what depends on nothing but constants is computed now. Its executable works on `cell`. */
export const compile = (device: Device, program: Program, cell: StateCell): TE.TaskEither<BackendError, Executable> =>
  attempt(device, 'compiling a program', `This is a fault of the ${device.info.name} backend: please report it.`, () =>
    onDevice(device, () => {
      const plan = lower(program, device.differences)
      const made = schedule(plan)
      const given = { state: {}, draw: () => new Float32Array(0), step: 0 }
      const kept = interpret(device, made.once, given, new Map())
      return executable({ device, program, plan, schedule: made, kept }, cell)
    }),
  )
