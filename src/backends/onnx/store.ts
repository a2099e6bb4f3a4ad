import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import { sameShape, showShape } from '../../ir/program.ts'
import type { Store } from '../core/backend.ts'
import { attempt } from './error.ts'
import { compile } from './executable.ts'
import { createHolds, type Holds } from './holds.ts'
import type { Runtime, Tensors } from './runtime.ts'

const upload = (runtime: Runtime, tensors: HostTensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [
      name,
      runtime.floats(shape, Float32Array.from(values)),
    ]),
  )

/** The tensors' own memory, where that is on the host. */
const view = async (runtime: Runtime, tensors: Tensors): Promise<HostTensors> => {
  const values = await runtime.read(tensors)
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { dims }]) => [
      name,
      { shape: dims, values: values[name] ?? Float32Array.of() },
    ]),
  )
}

const copied = (tensors: HostTensors): HostTensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]),
  )

/** A new value must be of a tensor that is there, and of its shape. */
const checkWrite = (state: Tensors, values: HostTensors): void => {
  for (const [name, { shape }] of Object.entries(values)) {
    const old = state[name]
    if (old === undefined) throw new Error(`the store has no tensor '${name}'`)
    if (!sameShape(old.dims, shape))
      throw new Error(`'${name}' has shape ${showShape(old.dims)}, not ${showShape(shape)}`)
  }
}

/** Tensors are immutable, so keeping the state before a change and sharing state between forks cost nothing. */
const storeOf = (runtime: Runtime, holds: Holds, initial: Tensors): Store => {
  let current = initial
  let previous = initial
  holds.keep(current)
  holds.keep(previous)
  const change = (next: Tensors): void => {
    holds.keep(next)
    holds.drop(previous)
    previous = current
    current = next
  }
  const replace = (tensors: Tensors): void => change({ ...current, ...tensors })
  const reading = <A>(ask: () => Promise<A>): TE.TaskEither<BackendError, A> =>
    attempt(runtime.backend, 'reading the state', 'Start again from the last checkpoint.', ask)
  return {
    compile: (program) => compile(runtime, program, { get: () => current, replace }),
    read: () => reading(async () => copied(await view(runtime, current))),
    look: (see) => reading(async () => see(await view(runtime, current))),
    write: (values) =>
      TE.fromIO(() => {
        checkWrite(current, values)
        replace(upload(runtime, values))
      }),
    undo: () => change(previous),
    fork: () => storeOf(runtime, holds, current),
    dispose: () => {
      holds.drop(current)
      holds.drop(previous)
      current = {}
      previous = {}
    },
  }
}

export const createStore = (runtime: Runtime, initial: HostTensors): Store =>
  storeOf(runtime, createHolds(runtime.free), upload(runtime, initial))
