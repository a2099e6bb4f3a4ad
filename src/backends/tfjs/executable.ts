import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Program, size } from '../../ir/program.ts'
import type { BackendError, Executable, Feeds } from '../backend.ts'
import { onDevice } from './activate.ts'
import type { Device, Tensor } from './device.ts'
import { attempt } from './error.ts'
import { fuse } from './fuse.ts'
import { disposeAll, type Tensors } from './holds.ts'
import { drawPart, type Given, interpret, runKernel } from './interpret.ts'
import { withinLimits } from './limits.ts'
import { lower } from './lower.ts'
import type { Instruction, Plan, Slot } from './plan.ts'
import { readFloats } from './read.ts'
import { type Schedule, schedule } from './schedule.ts'

/** The state that an executable works on. */
export interface StateCell {
  readonly get: () => Tensors
  /** Replaces the tensors that are named. */
  readonly replace: (tensors: Tensors) => void
}

const doing = 'running a program'

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

/** The one wait of a call. */
const readOnce = (device: Device, vectors: readonly Tensor[]): TE.TaskEither<BackendError, Float32Array> => {
  const [vector] = vectors
  return pipe(
    vector === undefined ? TE.right(new Float32Array(0)) : readFloats(device, doing, vector),
    TE.chainFirstIOK(() => () => disposeAll(vectors)),
    TE.orElseFirstIOK(() => () => disposeAll(vectors)),
  )
}

const start = (ready: Ready, cell: StateCell, feeds: Feeds) =>
  onDevice(ready.device, () => {
    const { written, metrics } = steps(ready, cell.get(), feeds)
    return { written, vectors: joined(ready.device, metrics) }
  })

const execute = (ready: Ready, cell: StateCell, feeds: Feeds): TE.TaskEither<BackendError, Metrics> =>
  pipe(
    attempt(ready.device, doing, 'Run it on the reference backend to see whether the program is at fault.', () =>
      start(ready, cell, feeds),
    ),
    TE.flatMap(({ written, vectors }) =>
      pipe(
        readOnce(ready.device, vectors),
        TE.orElseFirstIOK(() => () => disposeAll(Object.values(written))),
        TE.map((values) => {
          cell.replace(written)
          return metricValues(ready, values, feeds.count)
        }),
      ),
    ),
  )

const executable = (ready: Ready, cell: StateCell): Executable => ({
  run: (feeds) =>
    pipe(
      TE.fromIO(() => checkDraws(ready.program, feeds)),
      TE.flatMap(() => execute(ready, cell, feeds)),
    ),
  dispose: () => disposeAll(ready.kept.values()),
})

const planOf = (program: Program, { differences }: Device): Plan => fuse(lower(program, differences), differences.fused)

const nameOf = (instruction: Instruction): string =>
  instruction.type === 'state' || instruction.type === 'draw'
    ? `${instruction.type} '${instruction.name}'`
    : instruction.origin || (instruction.type === 'call' ? `a result of ${instruction.kernel}` : instruction.type)

/** What depends on nothing but constants is computed now, and kept. */
const prepare = async (device: Device, program: Program, plan: Plan, schedule: Schedule): Promise<Ready> =>
  onDevice(device, () => {
    const nothing = { state: {}, draw: () => new Float32Array(0), step: 0 }
    return { device, program, plan, schedule, kept: interpret(device, schedule.once, nothing, new Map()) }
  })

/** Makes a program ready. Its executable works on `cell`. */
export const compile = (device: Device, program: Program, cell: StateCell): TE.TaskEither<BackendError, Executable> => {
  const plan = planOf(program, device)
  const made = schedule(plan)
  const tensors = [...made.once, ...made.each].map(({ instruction }) => ({
    name: nameOf(instruction),
    shape: instruction.shape,
  }))
  return pipe(
    TE.fromEither(withinLimits(device, tensors)),
    TE.flatMap(() =>
      attempt(device, 'compiling a program', 'This is a fault of the backend: please report it.', () =>
        prepare(device, program, plan, made),
      ),
    ),
    TE.map((ready) => executable(ready, cell)),
  )
}
