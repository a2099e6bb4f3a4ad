import { type Shape, size } from '../../../ir/program.ts'
import { type Scope, type Table, two, type Value } from '../lowering.ts'
import { reshape } from './movement.ts'

interface Flags {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

/** `[..., m, k] x [..., k, n]`, either side transposed as it is read. */
export const product = (scope: Scope, a: Value, b: Value, { transposeA = false, transposeB = false }: Flags): Value => {
  const [m, n] = [a.shape.at(transposeA ? -1 : -2) ?? 1, b.shape.at(transposeB ? -2 : -1) ?? 1]
  const [x, y] = [a, b].map((side) => reshape(scope, side, few(side.shape)))
  if (x === undefined || y === undefined) throw new Error('an operand is missing')
  const made = scope.kernel(
    'BatchMatMul',
    { a: x.slot, b: y.slot },
    { transposeA, transposeB },
    few([...a.shape.slice(0, -2), m, n]),
  )
  return reshape(scope, made, [...a.shape.slice(0, -2), m, n])
}

/** All leading axes as one. */
const few = (shape: Shape): Shape => (shape.length === 2 ? shape : [size(shape.slice(0, -2)), ...shape.slice(-2)])

export const matmulLowerings = {
  matmul: (node, scope) => {
    const [left, right] = two(node)
    return product(scope, scope.whole(left), scope.whole(right), node.params)
  },
} satisfies Partial<Table>
