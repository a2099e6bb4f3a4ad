import type { Tensors } from './memory.ts'

/** Counts who holds which tensor. Several states share what a step did not change; the last to let go frees it. */
export interface ReferenceCounts<T> {
  readonly keep: (tensors: Tensors<T>) => void
  readonly drop: (tensors: Tensors<T>) => void
}

/** The error of a tensor that is freed twice, on every backend. */
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
