import { int } from '../graph.ts'
import type { Scope, Table } from '../lowering.ts'
import { transpose } from './movement.ts'

interface GemmOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  /** A matrix to which the product is added. */
  readonly plus?: string | undefined
}

/** `[m, k] x [k, n]`, either side transposed as it is read. */
export const gemm = (
  scope: Scope,
  a: string,
  b: string,
  { transposeA = false, transposeB = false, plus }: GemmOptions = {},
): string =>
  scope.node('Gemm', plus === undefined ? [a, b] : [a, b, plus], {
    transA: int(Number(transposeA)),
    transB: int(Number(transposeB)),
  })

/** MatMul has no transpose flags, so the last two axes are swapped before it. */
const swapIf = (swap: boolean, scope: Scope, name: string, rank: number): string => {
  const leading = Array.from({ length: rank - 2 }, (_, axis) => axis)
  return swap ? transpose(scope, name, [...leading, rank - 1, rank - 2]) : name
}

export const matmulLowerings = {
  matmul: (node, scope) => {
    const [left, right] = node.inputs
    const a = scope.whole(left)
    const b = scope.whole(right)
    const { transposeA, transposeB } = node.params
    const rank = node.shape.length
    if (rank === 2) return { name: gemm(scope, a, b, node.params), shape: node.shape }
    const inputs = [swapIf(transposeA, scope, a, rank), swapIf(transposeB, scope, b, rank)]
    return { name: scope.node('MatMul', inputs), shape: node.shape }
  },
} satisfies Partial<Table>
