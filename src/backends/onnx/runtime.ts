import type { Tensor } from 'onnxruntime-node'
import type { Shape } from '../../ir/program.ts'
import type { Memory, Tensors as Named } from '../core/memory.ts'
import type { Processor } from './lowering.ts'

/** Immutable: state is replaced, never written to. */
export type Tensors = Named<Tensor>

/** A model that is loaded. */
export interface Session {
  readonly run: (inputs: Tensors) => Promise<Tensors>
  readonly release: () => Promise<void>
}

/** What is needed of an ONNX Runtime, in Node or in a browser, on one of its providers. */
export interface Runtime {
  /** The backend that it serves. */
  readonly backend: string
  /**
   * Whether state stays on a device between calls, each of which then is of one step; or on the host, and a call does many
   * steps.
   */
  readonly keeps: 'on the device' | 'on the host'
  readonly processor: Processor
  /** The first tensor that a device has no room for in one piece; absent where the host's memory is all there is. */
  readonly overLimits?: NonNullable<Memory<Tensor>['overLimits']>
  /** What a model yields is where state is kept. */
  readonly open: (model: Uint8Array) => Promise<Session>
  /** Takes the values as they are: neither side may change them from then on. */
  readonly floats: (shape: Shape, values: Float32Array) => Tensor
  /** An int64 scalar. */
  readonly integer: (value: number) => Tensor
  /** Takes back a tensor of floats that nobody holds any more. */
  readonly free: (tensor: Tensor) => void
  /** The values of tensors of floats, wherever they are. */
  readonly read: (tensors: Tensors) => Promise<{ readonly [name: string]: Float32Array }>
}

const floatsOf = async (tensor: Tensor): Promise<Float32Array> => {
  const data = await tensor.getData()
  if (!(data instanceof Float32Array)) throw new Error(`a tensor of floats was expected, not of ${tensor.type}`)
  return data
}

/** How tensors are read that can be asked for their values. */
export const readEach: Runtime['read'] = async (tensors) =>
  Object.fromEntries(
    await Promise.all(Object.entries(tensors).map(async ([name, tensor]) => [name, await floatsOf(tensor)] as const)),
  )
