import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { overLimits } from '../core/limits.ts'
import type { Memory } from '../core/memory.ts'
import { onDevice } from './activate.ts'
import type { Device, Tensor } from './device.ts'
import { attempt } from './error.ts'
import { upload } from './interpret.ts'
import { viewFloats } from './read.ts'
import { dispose } from './tensors.ts'

/** A device's memory for the store. */
export const memoryOf = (device: Device): Memory<Tensor> => {
  const { info, limits } = device
  return {
    backend: info.name,
    shapeOf: ({ shape }) => shape,
    upload: (tensors) =>
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
    view: (tensors) =>
      pipe(
        Object.entries(tensors),
        TE.traverseArray(([name, tensor]) =>
          pipe(
            viewFloats(device, 'reading the state', tensor),
            TE.map((values) => [name, { shape: [...tensor.shape], values }] as const),
          ),
        ),
        TE.map((read) => Object.fromEntries(read)),
      ),
    free: dispose,
    ...(limits !== undefined && { overLimits: async (tensors) => overLimits(limits, info.device, tensors) }),
  }
}
