import type { Tensors as Named } from '../core/memory.ts'
import { freedTwice } from '../core/referenceCounts.ts'
import type { Tensor } from './device.ts'

export type Tensors = Named<Tensor>

/** Frees a tensor that no one else holds; tfjs itself would pass over one that is freed already. */
export const dispose = (tensor: Tensor): void => {
  if (tensor.isDisposed) throw freedTwice()
  tensor.dispose()
}

export const disposeAll = (tensors: Iterable<Tensor>): void => {
  for (const tensor of tensors) dispose(tensor)
}
