import type { Shape } from '../../ir/program.ts'
import type { BackendInfo } from '../core/backend.ts'
import type { Limits } from '../core/limits.ts'
import type { Differences } from './differences.ts'
import type { Attributes, Inputs } from './kernelCall.ts'

/** A tfjs tensor: a handle that must be disposed of. */
export interface Tensor {
  readonly shape: Shape
  readonly isDisposed: boolean
  data(): Promise<Float32Array | Int32Array | Uint8Array>
  dispose(): void
}

/** The used part of tfjs-core: its kernels, but not its gradients. */
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

/** A tfjs device: the library, and the name of its kernels. */
export interface Device {
  readonly tf: Tf
  /** tfjs's name of the kernels: `cpu`, `wasm`, `webgpu`, `tensorflow`. They are registered and ready. */
  readonly kernels: string
  readonly info: BackendInfo
  /** How these kernels differ from the defaults. */
  readonly differences: Differences
  readonly limits?: Limits
  /** Why the last operation of the device failed: it was lost, or it refused. */
  readonly failure?: () => Failure | undefined
  /** Releases what was opened only for this device. */
  readonly dispose?: () => void
}
