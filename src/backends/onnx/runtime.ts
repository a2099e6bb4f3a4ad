import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Shape } from '../../ir/program.ts'

export type Session = Pick<InferenceSession, 'run' | 'release'>

/** What is needed of an ONNX Runtime, in Node or in a browser. */
export interface Runtime {
  readonly open: (model: Uint8Array) => Promise<Session>
  /** Takes the values as they are: neither side may change them from then on. */
  readonly floats: (shape: Shape, values: Float32Array) => Tensor
  /** An int64 scalar. */
  readonly integer: (value: number) => Tensor
}

/** Immutable: state is replaced, never written to. */
export type Tensors = { readonly [name: string]: Tensor }

export const readFloats = async (tensor: Tensor): Promise<Float32Array> => {
  const data = await tensor.getData()
  if (!(data instanceof Float32Array)) throw new Error(`a tensor of floats was expected, not of ${tensor.type}`)
  return data
}
