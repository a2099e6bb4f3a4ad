import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensor, HostTensors } from '../../ir/hostTensor.ts'
import { sameShape, showShape } from '../../ir/program.ts'
import type { Store } from '../core/backend.ts'
import { onDevice } from './activate.ts'
import { compile } from './compile.ts'
import type { Device } from './device.ts'
import { attempt } from './error.ts'
import { createHolds, type Holds, type Tensors } from './holds.ts'
import { upload } from './interpret.ts'
import { withinLimits } from './limits.ts'
import { readFloats } from './read.ts'

const uploadAll = (device: Device, tensors: HostTensors): TE.TaskEither<BackendError, Tensors> =>
  pipe(
    TE.fromEither(
      withinLimits(
        device,
        Object.entries(tensors).map(([name, { shape }]) => ({ name: `state '${name}'`, shape })),
      ),
    ),
    TE.flatMap(() =>
      attempt(device, 'writing the state', 'A smaller network takes less memory.', () =>
        onDevice(device, () =>
          Object.fromEntries(
            Object.entries(tensors).map(([name, { shape, values }]) => [
              name,
              upload(device, shape, Float32Array.from(values)),
            ]),
          ),
        ),
      ),
    ),
  )

const download = (device: Device, tensors: Tensors): TE.TaskEither<BackendError, HostTensors> =>
  pipe(
    Object.entries(tensors),
    TE.traverseArray(([name, tensor]) =>
      pipe(
        readFloats(device, 'reading the state', tensor),
        TE.map((values): readonly [string, HostTensor] => [name, { shape: [...tensor.shape], values }]),
      ),
    ),
    TE.map((read) => Object.fromEntries(read)),
  )

/** A new value must be of a tensor that is there, and of its shape. */
const checkWrite = (state: Tensors, values: HostTensors): void => {
  for (const [name, { shape }] of Object.entries(values)) {
    const old = state[name]
    if (old === undefined) throw new Error(`the store has no tensor '${name}'`)
    if (!sameShape(old.shape, shape))
      throw new Error(`'${name}' has shape ${showShape(old.shape)}, not ${showShape(shape)}`)
  }
}

/** A state and the one before it, each of which holds all of its tensors. */
const storeOf = (device: Device, holds: Holds, initial: Tensors): Store => {
  let current = holds.hold(initial)
  let previous = holds.hold(initial)
  const change = (next: Tensors): void => {
    const dropped = previous
    previous = current
    current = holds.hold(next)
    holds.release(dropped)
  }
  const replace = (tensors: Tensors): void => change({ ...current, ...tensors })
  return {
    compile: (program) => compile(device, program, { get: () => current, replace }),
    read: () =>
      pipe(
        TE.fromIO(() => current),
        TE.flatMap((state) => download(device, state)),
      ),
    write: (values) =>
      pipe(
        TE.fromIO(() => checkWrite(current, values)),
        TE.flatMap(() => uploadAll(device, values)),
        TE.map(replace),
      ),
    undo: () => change(previous),
    fork: () => storeOf(device, holds, current),
    dispose: () => {
      holds.release(current)
      holds.release(previous)
      current = {}
      previous = {}
    },
  }
}

export const createStore = (device: Device, initial: HostTensors): TE.TaskEither<BackendError, Store> =>
  pipe(
    uploadAll(device, initial),
    TE.map((tensors) => storeOf(device, createHolds(), tensors)),
  )
