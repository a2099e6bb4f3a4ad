import type { Shape } from '../../ir/program.ts'
import type { BackendInfo } from '../core/backend.ts'
import type { Limits } from '../core/limits.ts'
import type { Differences } from './differences.ts'
import type { Attributes, Inputs } from './kernelCall.ts'

/** A tensor of tfjs: a handle, that is to be disposed of. */
export interface Tensor {
  readonly shape: Shape
  readonly isDisposed: boolean
  data(): Promise<Float32Array | Int32Array | Uint8Array>
  dispose(): void
}

/** The part of tfjs-core that is used: kernels, and the count of tensors. Its gradients are not. */
export interface Tf {
  engine(): {
    runKernel(kernel: string, inputs: Inputs<Tensor>, attributes: Attributes): Tensor | readonly Tensor[]
    makeTensor(values: Float32Array, shape: number[], dtype: 'float32'): Tensor
  }
  getBackend(): string
  setBackend(kernels: string): Promise<boolean>
}

/** What went wrong on a device, apart from what tfjs throws, and what to do. */
export interface Failure {
  readonly message: string
  readonly hint: string
}

/** One row of tfjs: the library, and the name of the kernels in it that do the work. */
export interface Device {
  readonly tf: Tf
  /** The name under which tfjs knows the kernels: `cpu`, `wasm`, `webgpu`, `tensorflow`. They are registered and ready. */
  readonly kernels: string
  readonly info: BackendInfo
  /** Where these kernels differ from what the interpreter would ask of them. */
  readonly differences: Differences
  readonly limits?: Limits
  /** Why what was last asked of the device did not happen: it was lost, or it refused. */
  readonly failure?: () => Failure | undefined
  /** Gives back what was opened for this row alone. */
  readonly dispose?: () => void
}
