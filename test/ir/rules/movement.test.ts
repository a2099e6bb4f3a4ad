import type { Shape } from '../../../src/ir/program.ts'
import { movementRules } from '../../../src/ir/rules/movement.ts'
import { becomes, describeRules, stays } from '../../laws/ruleCase.ts'

const rows: readonly [Shape, Shape, Shape] = [[3], [1, 3], []]
const cubes: readonly [Shape, Shape, Shape] = [
  [2, 3, 2],
  [2, 2, 3],
  [2, 3, 2],
]

describeRules(movementRules, {
  'what is computed from constants is a constant': [
    becomes(
      (b) => b.add(b.constant([2], [1, 2]), b.constant([2], [10, 20])),
      (b) => b.constant([2], [11, 22]),
    ),
    becomes(
      (b) => b.transpose(b.constant([1, 2], [1, 2]), [1, 0]),
      (b) => b.constant([2, 1], [1, 2]),
    ),
    becomes(
      (b) => b.log(b.number(0)),
      (b) => b.number(Number.NEGATIVE_INFINITY),
    ),
    stays((b) =>
      b.neg(
        b.constant(
          [65],
          Array.from({ length: 65 }, (_, i) => i),
        ),
      ),
    ),
    stays((b, x) => b.add(x, b.constant([2, 2], [1, 2, 3, 4]))),
  ],
  'f of constants everywhere is one everywhere': [
    becomes(
      (b) => b.exp(b.full([100], 2)),
      (b) => b.broadcast(b.exp(b.number(2)), [100]),
    ),
    becomes(
      (b) => b.add(b.full([2], 2), b.constant([2], [3, 3])),
      (b) => b.broadcast(b.add(b.number(2), b.number(3)), [2]),
    ),
    stays((b) => b.add(b.full([2], 2), b.constant([2], [3, 4]))),
  ],
  'a reshape of a reshape is one; to its own shape, none': [
    becomes(
      (b, x) => b.reshape(b.reshape(x, [4]), [1, 4]),
      (b, x) => b.reshape(x, [1, 4]),
    ),
    becomes(
      (b, x) => b.reshape(b.reshape(x, [4]), [2, 2]),
      (_, x) => x,
    ),
    becomes(
      (b, x) => b.emit('reshape', { shape: [2, 2] }, [x]),
      (_, x) => x,
    ),
    becomes(
      (b) => b.reshape(b.full([100], 2), [10, 10]),
      (b) => b.full([10, 10], 2),
    ),
    stays((b, x) => b.reshape(b.transpose(b.reshape(x, [1, 4]), [1, 0]), [4])),
  ],
  'the sum of two padded neighbours is their concatenation, padded': [
    becomes(
      (b, x, y) => b.add(b.pad(x, [0, 1], [2, 1]), b.pad(y, [2, 1], [0, 1])),
      (b, x, y) => b.pad(b.concat([x, y], 0), [0, 1], [0, 1]),
    ),
    becomes(
      (b, x, y) => b.add(b.pad(x, [0, 3], [0, 0]), b.pad(y, [0, 1], [0, 2])),
      (b, x, y) => b.pad(b.concat([y, x], 1), [0, 1], [0, 0]),
    ),
    stays((b, x, y) => b.add(b.pad(x, [0, 0], [2, 0]), b.pad(y, [1, 0], [1, 0]))),
  ],
  'a broadcast of a broadcast is one': [
    becomes(
      (b, _, y) => b.broadcast(b.broadcast(y, [2, 3]), [4, 2, 3]),
      (b, _, y) => b.broadcast(y, [4, 2, 3]),
      rows,
    ),
    stays((b, x) => b.broadcast(b.neg(b.broadcast(x, [2, 3])), [4, 2, 3]), rows),
  ],
  'one number is broadcast from a scalar, whatever its axes': [
    becomes(
      (b, x) => b.broadcast(b.sum(b.reshape(x, [1, 3]), [1]), [2, 3]),
      (b, x) => b.broadcast(b.reshape(b.sum(b.reshape(x, [1, 3]), [1]), []), [2, 3]),
      rows,
    ),
    stays((b, x, y, z) => b.add(b.add(b.broadcast(x, [2, 3]), b.broadcast(y, [2, 3])), b.broadcast(z, [2, 3])), rows),
  ],
  'a transpose of a transpose is one': [
    becomes(
      (b, x) => b.transpose(b.transpose(x, [1, 2, 0]), [2, 1, 0]),
      (b, x) => b.transpose(x, [0, 2, 1]),
      cubes,
    ),
    becomes(
      (b, x) => b.transpose(b.transpose(x, [1, 2, 0]), [2, 0, 1]),
      (_, x) => x,
      cubes,
    ),
  ],
  'a slice of a slice is one; of a constant everywhere, that constant': [
    becomes(
      (b, x) => b.slice(b.slice(x, [0, 1, 0], [2, 2, 2]), [1, 1, 0], [1, 1, 2]),
      (b, x) => b.slice(x, [1, 2, 0], [1, 1, 2]),
      cubes,
    ),
    becomes(
      (b) => b.slice(b.full([4, 4], 2), [1, 1], [2, 2]),
      (b) => b.full([2, 2], 2),
    ),
  ],
  'f(broadcast x) is broadcast f(x)': [
    becomes(
      (b, x) => b.exp(b.broadcast(x, [2, 3])),
      (b, x) => b.broadcast(b.exp(x), [2, 3]),
      rows,
    ),
    becomes(
      (b, x) => b.mul(b.broadcast(x, [2, 3]), b.number(3)),
      (b, x) => b.broadcast(b.mul(x, b.number(3)), [2, 3]),
      rows,
    ),
    becomes(
      (b, x) => b.select(b.broadcast(x, [2, 3]), b.broadcast(b.abs(x), [2, 3]), b.number(0)),
      (b, x) => b.broadcast(b.select(x, b.abs(x), b.number(0)), [2, 3]),
      rows,
    ),
    stays((b, x, y) => b.add(b.broadcast(x, [2, 3]), b.broadcast(y, [2, 3])), rows),
    stays((b, x) => b.exp(b.broadcast(x, [1, 3])), rows),
    stays((b, x) => b.exp(b.reshape(b.exp(x), [3, 1])), rows),
  ],
  'a sum of a sum is one': [
    becomes(
      (b, x) => b.sum(b.sum(x, [1]), [1]),
      (b, x) => b.sum(x, [1, 2]),
      cubes,
    ),
    becomes(
      (b, x) => b.sum(b.sum(x, [0, 2]), [0]),
      (b, x) => b.sum(x, [0, 1, 2]),
      cubes,
    ),
    becomes(
      (b, x) => b.sum(b.sum(x, [2]), [0]),
      (b, x) => b.sum(x, [0, 2]),
      cubes,
    ),
    stays((b, x) => b.sum(b.max(x, [2]), [0]), cubes),
  ],
  'a sum of a constant is a multiple': [
    becomes(
      (b) => b.sum(b.full([2, 3], 5), [1]),
      (b) => b.full([2], 15),
    ),
    becomes(
      (b) => b.sum(b.full([2, 3], 5)),
      (b) => b.number(30),
    ),
    stays((b) => b.sum(b.constant([2], [1, 2]))),
  ],
  'sum(x c) is sum(x) c; sum(-x) is -sum(x)': [
    becomes(
      (b, x) => b.sum(b.mul(x, b.number(3)), [1]),
      (b, x) => b.mul(b.sum(x, [1]), b.number(3)),
    ),
    becomes(
      (b, x) => b.sum(b.neg(x)),
      (b, x) => b.neg(b.sum(x)),
    ),
    stays((b, x, y) => b.sum(b.mul(x, y))),
  ],
  'a transposed operand of matmul is a flag': [
    becomes(
      (b, x, _, z) => b.matmul(b.transpose(x, [0, 2, 1]), z),
      (b, x, _, z) => b.matmul(x, z, { transposeA: true }),
      cubes,
    ),
    becomes(
      (b, x, _, z) => b.matmul(x, b.transpose(z, [0, 2, 1])),
      (b, x, _, z) => b.matmul(x, z, { transposeB: true }),
      cubes,
    ),
    becomes(
      (b, x, _, z) => b.matmul(b.transpose(x, [0, 2, 1]), b.transpose(z, [0, 2, 1]), { transposeA: true }),
      (b, x, _, z) => b.matmul(x, z, { transposeB: true }),
      cubes,
    ),
    becomes(
      (b, x, y) => b.matmul(x, b.transpose(y, [0, 2, 1]), { transposeB: true }),
      (b, x, y) => b.matmul(x, y),
      cubes,
    ),
    stays((b, x, y) => b.matmul(x, b.transpose(y, [1, 0, 2])), cubes),
  ],
})
