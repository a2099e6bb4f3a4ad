import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Program } from '../../ir/program.ts'
import type { Compiled } from '../core/compiled.ts'
import { withinLimits } from '../core/withinLimits.ts'
import { onDevice } from './activate.ts'
import { batch } from './batch.ts'
import type { Device, Tensor } from './device.ts'
import type { Differences } from './differences.ts'
import { attempt } from './error.ts'
import { createExecutable } from './executable.ts'
import { fuse } from './fuse.ts'
import { interpret } from './interpret.ts'
import { lower } from './lower.ts'
import { memoryOf } from './memory.ts'
import type { Instruction, Plan } from './plan.ts'
import type { Ready } from './ready.ts'
import { schedule } from './schedule.ts'

/** A program as kernel calls. */
export const planOf = (program: Program, differences: Differences): Plan => {
  const plan = fuse(lower(program, differences), differences.fused)
  return differences.batched ? batch(plan) : plan
}

const nameOf = (instruction: Instruction): string =>
  instruction.type === 'state' || instruction.type === 'draw'
    ? `${instruction.type} '${instruction.name}'`
    : instruction.origin || (instruction.type === 'call' ? `a result of ${instruction.kernel}` : instruction.type)

/** The leaves that constants depend on. */
const nothing = { state: {}, draw: () => new Float32Array(0), step: 0 }

const prepare = (ready: Omit<Ready, 'kept'>): TE.TaskEither<BackendError, Ready> =>
  attempt(ready.device, 'compiling a program', 'This is a fault of the backend: please report it.', () =>
    onDevice(ready.device, () => ({
      ...ready,
      kept: interpret(ready.device, ready.schedule.once, nothing, new Map()),
    })),
  )

/** Compiles a program: lowers it to kernels, fuses and schedules them. */
export const compile = (device: Device, program: Program): TE.TaskEither<BackendError, Compiled<Tensor>> => {
  const plan = planOf(program, device.differences)
  const turns = schedule(plan)
  const tensors = [...turns.once, ...turns.each].map(({ instruction }) => ({
    name: nameOf(instruction),
    shape: instruction.shape,
  }))
  return pipe(
    withinLimits(memoryOf(device), tensors),
    TE.flatMap(() => prepare({ device, program, plan, schedule: turns })),
    TE.map(createExecutable),
  )
}
