import type { Differences } from '../differences.ts'
import type { Lowering, Scope, Value } from '../lowering.ts'
import { filterGradient, inputGradient } from '../lowerings/gradientsAsConvolutions.ts'
import { product } from '../lowerings/matmul.ts'
import { transpose } from '../lowerings/movement.ts'

const swapIf = (swap: boolean, scope: Scope, x: Value): Value => {
  const rank = x.shape.length
  const leading = Array.from({ length: rank - 2 }, (_, axis) => axis)
  return swap ? transpose(scope, x, [...leading, rank - 1, rank - 2]) : x
}

const transposedBefore: Lowering<'matmul'> = (node, scope) => {
  const [left, right] = node.inputs
  const { transposeA, transposeB } = node.params
  return product(scope, swapIf(transposeA, scope, scope.whole(left)), swapIf(transposeB, scope, scope.whole(right)), {})
}

/** tfjs 4.22 in WebAssembly. */
export const wasmDifferences: Differences = {
  ops: {
    conv2dFilter: { lowering: filterGradient, reason: 'there is no kernel Conv2DBackpropFilter' },
    conv2dInput: { lowering: inputGradient, reason: 'Conv2DBackpropInput takes ten times as long as a convolution' },
    matmul: {
      lowering: transposedBefore,
      reason: 'BatchMatMul takes ten times as long where it transposes an operand',
    },
  },
  // A relu that is fused makes 0 of NaN, and so hides what went wrong.
  fused: ['linear', 'leakyrelu'],
  batched: false,
}
