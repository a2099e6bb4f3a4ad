import type { Tensor } from 'onnxruntime-node'
import type { Shape } from '../../ir/program.ts'
import type { Memory, Tensors as Named } from '../core/memory.ts'
import type { Processor } from './lowering.ts'

/** A tensor of the runtime. Immutable: state is replaced, never written to. */
export type Tensors = Named<Tensor>

/** A loaded model. */
export interface Session {
  readonly run: (inputs: Tensors) => Promise<Tensors>
  readonly release: () => Promise<void>
}

/** The interface of ONNX Runtime, in Node or in a browser, with one of its providers. */
export interface Runtime {
  /** The backend's name. */
  readonly backend: string
  /**
   * Whether state stays on a device between calls, each of which then is of one step; or on the host, and a call does many
   * steps.
   */
  readonly keeps: 'on the device' | 'on the host'
  readonly processor: Processor
  /** Finds the first tensor that is too large for the device. Absent if only the host's memory is limited. */
  readonly overLimits?: NonNullable<Memory<Tensor>['overLimits']>
  /** Loads a model whose outputs stay where state is kept. */
  readonly open: (model: Uint8Array) => Promise<Session>
  /** Wraps values without a copy. Neither side may change them afterwards. */
  readonly floats: (shape: Shape, values: Float32Array) => Tensor
  /** An int64 scalar. */
  readonly integer: (value: number) => Tensor
  /** Frees a float tensor without references. */
  readonly free: (tensor: Tensor) => void
  /** Reads float tensors, wherever they are. */
  readonly read: (tensors: Tensors) => Promise<{ readonly [name: string]: Float32Array }>
}

const floatsOf = async (tensor: Tensor): Promise<Float32Array> => {
  const data = await tensor.getData()
  if (!(data instanceof Float32Array)) throw new Error(`a tensor of floats was expected, not of ${tensor.type}`)
  return data
}

/** Reads tensors whose values are directly accessible. */
export const readEach: Runtime['read'] = async (tensors) =>
  Object.fromEntries(
    await Promise.all(Object.entries(tensors).map(async ([name, tensor]) => [name, await floatsOf(tensor)] as const)),
  )
