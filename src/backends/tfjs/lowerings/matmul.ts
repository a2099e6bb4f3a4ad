import { type Shape, size } from '../../../ir/program.ts'
import { type Scope, type Table, two, type Value } from '../lowering.ts'
import { reshape } from './movement.ts'

interface Flags {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

/** `[m, k] x [k, n]` of three axes each, which every row of tfjs takes, either side transposed as it is read. */
export const product = (scope: Scope, a: Value, b: Value, { transposeA = false, transposeB = false }: Flags): Value => {
  const [x, y] = [a, b].map((side) => reshape(scope, side, cube(side.shape)))
  if (x === undefined || y === undefined) throw new Error('an operand is missing')
  const shape = [...a.shape.slice(0, -2), a.shape.at(transposeA ? -1 : -2) ?? 1, b.shape.at(transposeB ? -2 : -1) ?? 1]
  const inputs = { a: x.slot, b: y.slot }
  return reshape(scope, scope.kernel('BatchMatMul', inputs, { transposeA, transposeB }, cube(shape)), shape)
}

const cube = (shape: Shape): Shape => [size(shape.slice(0, -2)), ...shape.slice(-2)]

export const matmulLowerings = {
  matmul: (node, scope) => {
    const [left, right] = two(node)
    return product(scope, scope.whole(left), scope.whole(right), node.params)
  },
} satisfies Partial<Table>
