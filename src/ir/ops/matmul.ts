import type { Builder } from '../builder.ts'
import { at, invariant } from '../present.ts'
import { type NodeId, sameShape, showShape, size, type Tuples } from '../program.ts'
import { element as elementAt } from './element.ts'
import type { OpDefinition } from './op.ts'

/** Bound here for the inner loops: some loaders turn a call of an imported name into a property access, seven times slower. */
const element = elementAt

interface Flags {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

const product = (b: Builder, x: NodeId, y: NodeId, transposeA: boolean, transposeB: boolean): NodeId =>
  b.matmul(x, y, { transposeA, transposeB })

/** Let A' and B' be the operands after their transposes. Then dA' = G B'^T and dB' = A'^T G; each is transposed back if its operand was. */
const gradients = (
  b: Builder,
  { transposeA, transposeB }: Flags,
  x: NodeId,
  y: NodeId,
  g: NodeId,
): Tuples<NodeId>[2] => [
  transposeA ? product(b, y, g, transposeB, true) : product(b, g, y, false, !transposeB),
  transposeB ? product(b, g, x, true, transposeA) : product(b, x, g, !transposeA, false),
]

export const matmulOp: OpDefinition<'matmul'> = {
  arity: 2,
  rounds: true,
  shape: ({ transposeA, transposeB }, [x, y]) => {
    const rank = x.length
    const [m, k] = transposeA ? [at(x, rank - 1), at(x, rank - 2)] : [at(x, rank - 2), at(x, rank - 1)]
    const [l, n] = transposeB ? [at(y, rank - 1), at(y, rank - 2)] : [at(y, rank - 2), at(y, rank - 1)]
    invariant(
      rank === y.length && k === l && sameShape(x.slice(0, -2), y.slice(0, -2)),
      () => `matmul of ${showShape(x)} and ${showShape(y)}, transposed ${transposeA} and ${transposeB}`,
    )
    return [...x.slice(0, -2), m, n]
  },
  gradient: ({ builder, params, inputs: [x, y], gradient }) => gradients(builder, params, x, y, gradient),
  evaluate: ({ transposeA, transposeB }, [x, y], [from], shape) => {
    const rank = shape.length
    const [m, n] = [at(shape, rank - 2), at(shape, rank - 1)]
    const k = at(from, transposeA ? rank - 2 : rank - 1)
    const [xi, xk] = transposeA ? [1, m] : [k, 1]
    const [yk, yj] = transposeB ? [1, k] : [n, 1]
    const result = new Float64Array(size(shape))
    for (let batch = 0; batch < size(shape.slice(0, -2)); batch++) {
      const [ox, oy, o] = [batch * m * k, batch * k * n, batch * m * n]
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) {
          let sum = 0
          for (let l = 0; l < k; l++) sum += element(x, ox + i * xi + l * xk) * element(y, oy + l * yk + j * yj)
          result[o + i * n + j] = sum
        }
    }
    return result
  },
}
