import type { Tensor } from './device.ts'

export type Tensors = { readonly [name: string]: Tensor }

/** Counts who holds a tensor: states share what a step did not change. The last to let go disposes of it. */
export interface Holds {
  readonly hold: (tensors: Tensors) => Tensors
  readonly release: (tensors: Tensors) => void
}

export const createHolds = (): Holds => {
  const counts = new Map<Tensor, number>()
  return {
    hold: (tensors) => {
      for (const tensor of Object.values(tensors)) counts.set(tensor, (counts.get(tensor) ?? 0) + 1)
      return tensors
    },
    release: (tensors) => {
      for (const tensor of Object.values(tensors)) {
        const left = (counts.get(tensor) ?? 0) - 1
        if (left > 0) counts.set(tensor, left)
        else {
          counts.delete(tensor)
          tensor.dispose()
        }
      }
    },
  }
}

/** Disposes of tensors that no one else holds. */
export const disposeAll = (tensors: Iterable<Tensor>): void => {
  for (const tensor of tensors) tensor.dispose()
}
