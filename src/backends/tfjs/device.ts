import type * as Tfjs from '@tensorflow/tfjs-core'
import type { BackendInfo } from '../backend.ts'
import type { Differences } from './differences.ts'

/** The library without its gradients, which are not used. */
export type Tf = Pick<typeof Tfjs, 'engine' | 'getBackend' | 'setBackend' | 'findBackend' | 'memory' | 'env'>

/** One row of tfjs: the library, and the name of the kernels in it that do the work. */
export interface Device {
  readonly tf: Tf
  /** The name under which tfjs knows the kernels: `cpu`, `wasm`, `webgpu`, `tensorflow`. They are registered and ready. */
  readonly kernels: string
  readonly info: BackendInfo
  /** Where these kernels differ from what the interpreter would ask of them. */
  readonly differences: Differences
}
