import type { Tensor } from 'onnxruntime-node'
import type { Shape } from '../../ir/program.ts'

/** A pool of unused host tensors, whose memory is reused for new results. */
export interface TensorPool {
  readonly give: (tensor: Tensor) => void
  /** Takes a tensor of this shape from the pool. The caller then owns it. */
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
