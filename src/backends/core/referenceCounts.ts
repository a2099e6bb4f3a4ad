import type { Tensors } from './memory.ts'

/** Counts references to tensors. Several states share tensors that a step did not change; the last reference frees them. */
export interface ReferenceCounts<T> {
  readonly keep: (tensors: Tensors<T>) => void
  readonly drop: (tensors: Tensors<T>) => void
}

/** The error of freeing a tensor twice, equal on all backends. */
export const freedTwice = (): Error => new Error('broken invariant: a tensor is freed that nobody holds')

export const createReferenceCounts = <T>(free: (tensor: T) => void): ReferenceCounts<T> => {
  const counts = new Map<T, number>()
  const drop = (tensor: T): void => {
    const held = counts.get(tensor)
    if (held === undefined) throw freedTwice()
    if (held > 1) counts.set(tensor, held - 1)
    else {
      counts.delete(tensor)
      free(tensor)
    }
  }
  return {
    keep: (tensors) => {
      for (const tensor of Object.values(tensors)) {
        const held = counts.get(tensor)
        counts.set(tensor, held === undefined ? 1 : held + 1)
      }
    },
    drop: (tensors) => Object.values(tensors).forEach(drop),
  }
}
