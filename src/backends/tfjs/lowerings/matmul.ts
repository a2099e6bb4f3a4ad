import { at } from '../../../ir/present.ts'
import { type Shape, sameShape, size } from '../../../ir/program.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { onlyInput } from '../plan.ts'
import { reshape } from './movement.ts'

interface Flags {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

/**
 * In WebAssembly a product keeps what it made of its right side by that tensor's data, and takes it again for another
 * matrix of the same data. So a matrix that was reshaped gets data of its own there; on other rows this costs nothing.
 */
const ownMatrix = (scope: Scope, b: Value): Value => {
  const made = scope.producer(b.slot)
  if (made.type !== 'call' || made.kernel !== 'Reshape') return b
  const source = onlyInput(made)
  return sameShape(scope.producer(source).shape.slice(-2), b.shape.slice(-2))
    ? b
    : scope.kernel('Identity', { x: b.slot }, {}, b.shape)
}

const fromEnd = (shape: Shape, place: number): number => at(shape, shape.length - place)

/** `[..., m, k] x [..., k, n]`, either side transposed as it is read. */
export const product = (scope: Scope, a: Value, b: Value, { transposeA = false, transposeB = false }: Flags): Value => {
  const [m, n] = [fromEnd(a.shape, transposeA ? 1 : 2), fromEnd(b.shape, transposeB ? 2 : 1)]
  const joined = (side: Value): Value => reshape(scope, side, few(side.shape))
  const [x, y] = [joined(a), joined(ownMatrix(scope, b))]
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
    const [left, right] = node.inputs
    return product(scope, scope.whole(left), scope.whole(right), node.params)
  },
} satisfies Partial<Table>
