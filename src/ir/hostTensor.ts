import type { Shape } from './program.ts'

/** Numbers on the host: float64 from the reference backend, float32 from all others. */
export type Floats = Float32Array | Float64Array

/** A tensor on the host, row-major. */
export interface HostTensor {
  readonly shape: Shape
  readonly values: Floats
}
/** Tensors by name: the parameters and the memory of a game. */
export type HostTensors = { readonly [name: string]: HostTensor }
