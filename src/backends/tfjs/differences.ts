import type { Op } from '../../ir/program.ts'
import type { Lowering } from './lowering.ts'

/** What is done in place of an op's kernel, and why. */
interface Difference<O extends Op> {
  readonly lowering: Lowering<O>
  readonly reason: string
}

/** Activations that a product or a convolution takes into its own kernel. */
export type FusedActivation = 'linear' | 'relu' | 'leakyrelu'

/** Where a row of tfjs lacks a kernel, or has a wrong one, and which kernels it can fuse. */
export interface Differences {
  readonly ops: { readonly [O in Op]?: Difference<O> }
  readonly fused: readonly FusedActivation[]
  /** Whether tensors that are treated alike are joined: where it takes time to ask for a kernel. */
  readonly batched: boolean
}

/** A row that lacks nothing, and fuses nothing. */
export const noDifferences: Differences = { ops: {}, fused: [], batched: false }
