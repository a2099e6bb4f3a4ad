import type { Differences } from '../differences.ts'
import { filterGradient } from '../lowerings/gradientsAsConvolutions.ts'

/** tfjs 4.22 in JavaScript. Its fused kernels are made of the others, and save nothing. */
export const cpuDifferences: Differences = {
  ops: {
    conv2dFilter: {
      lowering: filterGradient,
      reason: 'Conv2DBackpropFilter takes fifty times as long as a convolution',
    },
  },
  fused: [],
  batched: false,
}
