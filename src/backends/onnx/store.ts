import * as TE from '#fp-ts/TaskEither'
import { sameShape, showShape } from '../../ir/program.ts'
import type { HostTensor, HostTensors, Store } from '../backend.ts'
import { attempt } from './error.ts'
import { compile } from './executable.ts'
import { type Runtime, readFloats, type Tensors } from './runtime.ts'

const upload = (runtime: Runtime, tensors: HostTensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [name, runtime.floats(shape, values.slice())]),
  )

const download = async (tensors: Tensors): Promise<HostTensors> => {
  const read = Object.entries(tensors).map(async ([name, tensor]): Promise<readonly [string, HostTensor]> => {
    const values = await readFloats(tensor)
    return [name, { shape: tensor.dims, values: values.slice() }]
  })
  return Object.fromEntries(await Promise.all(read))
}

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
const storeOf = (runtime: Runtime, initial: Tensors): Store => {
  let current = initial
  let previous = initial
  const change = (next: Tensors): void => {
    previous = current
    current = next
  }
  const replace = (tensors: Tensors): void => change({ ...current, ...tensors })
  return {
    compile: (program) => compile(runtime, program, { get: () => current, replace }),
    read: () => attempt('reading the state', 'Start again from the last checkpoint.', () => download(current)),
    write: (values) =>
      TE.fromIO(() => {
        checkWrite(current, values)
        replace(upload(runtime, values))
      }),
    undo: () => change(previous),
    fork: () => storeOf(runtime, current),
    dispose: () => {
      current = {}
      previous = {}
    },
  }
}

export const createStore = (runtime: Runtime, initial: HostTensors): Store => storeOf(runtime, upload(runtime, initial))
