import type { Differences } from '../differences.ts'
import type { Scope, Value } from '../lowering.ts'
import { binary, equal, greater } from '../lowerings/elementwise.ts'
import { scatterAsProduct } from '../lowerings/indexing.ts'

const castReason = 'Cast leaves the whole numbers of a boolean as they are, which Transpose then takes for floats'

/** Numbers that are floats in memory too. */
const real = (scope: Scope, x: Value): Value => {
  const made = scope.producer(x.slot)
  const isCast = made.type === 'call' && made.kernel === 'Cast'
  return isCast ? binary(scope, 'Multiply', x, scope.constant([], [1])) : x
}

/** tfjs 4.22 on WebGPU. */
export const webgpuDifferences: Differences = {
  ops: {
    greater: { lowering: (node, scope) => real(scope, greater(node, scope)), reason: castReason },
    equal: { lowering: (node, scope) => real(scope, equal(node, scope)), reason: castReason },
    scatter: { lowering: scatterAsProduct, reason: 'ScatterNd adds updates of one row as they come, in no order' },
  },
  fused: ['linear', 'relu', 'leakyrelu'],
  batched: true,
}
