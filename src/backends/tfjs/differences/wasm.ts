import type { Differences } from '../differences.ts'
import { filterAsConvolution } from '../lowerings/filterAsConvolution.ts'

/** tfjs 4.22 in WebAssembly. */
export const wasmDifferences: Differences = {
  ops: {
    conv2dFilter: { lowering: filterAsConvolution, reason: 'there is no kernel Conv2DBackpropFilter' },
  },
  fused: ['linear', 'relu', 'leakyrelu'],
}
