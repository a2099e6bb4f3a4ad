import type { Tensor } from 'onnxruntime-node'
import { present } from '../../ir/present.ts'
import type { Memory } from '../core/memory.ts'
import { attempt } from './error.ts'
import type { Runtime } from './runtime.ts'

/** A runtime's memory for the store. A view is the tensors' own memory, if that is on the host. */
export const memoryOf = (runtime: Runtime): Memory<Tensor> => ({
  backend: runtime.backend,
  shapeOf: ({ dims }) => dims,
  upload: (tensors) =>
    attempt(runtime.backend, 'writing the state', 'A smaller network takes less memory.', async () =>
      Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, values }]) => [
          name,
          runtime.floats(shape, Float32Array.from(values)),
        ]),
      ),
    ),
  view: (tensors) =>
    attempt(runtime.backend, 'reading the state', 'Start again from the last checkpoint.', async () => {
      const values = await runtime.read(tensors)
      return Object.fromEntries(
        Object.entries(tensors).map(([name, { dims }]) => [name, { shape: dims, values: present(values[name], name) }]),
      )
    }),
  free: runtime.free,
  ...(runtime.overLimits !== undefined && { overLimits: runtime.overLimits }),
})
