import type { Op } from '../../ir/program.ts'
import type { Lowering } from './lowering.ts'

/** A replacement of an op's kernel, and its reason. */
interface Difference<O extends Op> {
  readonly lowering: Lowering<O>
  readonly reason: string
}

/** Activations that can be fused into a product or a convolution. */
export type FusedActivation = 'linear' | 'relu' | 'leakyrelu'

/** Missing or wrong kernels of a tfjs device, and the kernels that it can fuse. */
export interface Differences {
  readonly ops: { readonly [O in Op]?: Difference<O> }
  readonly fused: readonly FusedActivation[]
  /** Whether to batch tensors with the same computation, because kernel launches are expensive. */
  readonly batched: boolean
}

/** No differences and no fusion. */
export const noDifferences: Differences = { ops: {}, fused: [], batched: false }
