import type { Tensor } from 'onnxruntime-node'
import type { Tensors } from './runtime.ts'

/** Who holds which tensors: several states may share one, and one that none holds any more is freed. */
export interface Holds {
  readonly keep: (tensors: Tensors) => void
  readonly drop: (tensors: Tensors) => void
}

export const createHolds = (free: (tensor: Tensor) => void): Holds => {
  const counts = new Map<Tensor, number>()
  return {
    keep: (tensors) => {
      for (const tensor of Object.values(tensors)) counts.set(tensor, (counts.get(tensor) ?? 0) + 1)
    },
    drop: (tensors) => {
      for (const tensor of Object.values(tensors)) {
        const left = (counts.get(tensor) ?? 0) - 1
        if (left < 0) throw new Error('a tensor is dropped that nobody holds')
        if (left > 0) {
          counts.set(tensor, left)
          continue
        }
        counts.delete(tensor)
        free(tensor)
      }
    },
  }
}
