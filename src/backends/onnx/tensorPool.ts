import type { Tensor } from 'onnxruntime-node'
import type { Shape } from '../../ir/program.ts'

/** Tensors on the host that nobody holds any more: what is computed next is put in their place, rather than in new memory. */
export interface TensorPool {
  readonly give: (tensor: Tensor) => void
  /** One of the shape, which belongs to the caller from then on. */
  readonly take: (shape: Shape) => Tensor | undefined
}

export const createTensorPool = (): TensorPool => {
  const byShape = new Map<string, Tensor[]>()
  return {
    give: (tensor) => {
      const key = tensor.dims.join()
      byShape.set(key, [...(byShape.get(key) ?? []), tensor])
    },
    take: (shape) => byShape.get(shape.join())?.pop(),
  }
}
