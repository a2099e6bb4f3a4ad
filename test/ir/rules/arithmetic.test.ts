import type { Builder } from '../../../src/ir/builder.ts'
import type { NodeId } from '../../../src/ir/program.ts'
import { arithmeticRules } from '../../../src/ir/rules/arithmetic.ts'
import { becomes, describeRules, stays } from '../../laws/ruleCase.ts'

const full = (b: Builder, value: number): NodeId => b.full([2, 2], value)

describeRules(arithmeticRules, {
  'operands of a commutative op in one order': [
    becomes(
      (b, x, y) => b.add(y, x),
      (b, x, y) => b.add(x, y),
    ),
    becomes(
      (b, x) => b.mul(b.number(3), x),
      (b, x) => b.mul(x, b.number(3)),
    ),
    becomes(
      (b, x, y) => b.sub(b.maximum(y, x), b.minimum(b.equal(y, x), b.number(2))),
      (b, x, y) => b.sub(b.maximum(x, y), b.minimum(b.equal(x, y), b.number(2))),
    ),
    stays((b, x, y) => b.add(b.sub(y, x), b.div(y, b.pow(b.number(2), b.greater(y, x))))),
  ],
  'x + 0 is x': [
    becomes(
      (b, x) => b.add(x, b.number(0)),
      (_, x) => x,
    ),
    stays((b, x) => b.add(x, b.constant([2, 2], [0, 0, 0, 1]))),
  ],
  'x + x is x 2': [
    becomes(
      (b, x) => b.add(x, x),
      (b, x) => b.mul(x, b.number(2)),
    ),
    stays((b, x, y) => b.add(x, y)),
  ],
  'x - 0 is x': [
    becomes(
      (b, x) => b.sub(x, b.number(0)),
      (_, x) => x,
    ),
    stays((b, x) => b.sub(b.number(0), x)),
  ],
  '0 - x is -x': [
    becomes(
      (b, x) => b.sub(b.number(0), x),
      (b, x) => b.neg(x),
    ),
    stays((b, x) => b.sub(x, b.number(0))),
  ],
  'x - x is 0': [
    becomes(
      (b, x, y) => b.sub(b.mul(x, y), b.mul(x, y)),
      (b) => full(b, 0),
    ),
    stays((b, x, y) => b.sub(x, y)),
  ],
  'x 1 is x': [
    becomes(
      (b, x) => b.mul(x, b.constant([2, 2], [1, 1, 1, 1])),
      (_, x) => x,
    ),
    stays((b, x) => b.mul(x, b.constant([2, 2], [1, 1, 1, 2]))),
  ],
  'x 0 is 0': [
    becomes(
      (b, x) => b.mul(x, b.number(0)),
      (b) => full(b, 0),
    ),
    stays((b, x) => b.mul(x, b.number(1e-300))),
  ],
  'x (-1) is -x': [
    becomes(
      (b, x) => b.mul(x, b.number(-1)),
      (b, x) => b.neg(x),
    ),
    stays((b, x) => b.mul(x, b.number(-2))),
  ],
  '(x c) d is x (c d)': [
    becomes(
      (b, x) => b.mul(b.mul(x, b.number(2)), b.number(3)),
      (b, x) => b.mul(x, b.number(6)),
    ),
    stays((b, x) => b.mul(b.mul(x, b.number(1e200)), b.number(1e200))),
    stays((b, x) => b.mul(b.mul(x, b.number(1e-30)), b.number(1e-30))),
    stays((b, x, y) => b.mul(b.mul(x, y), b.number(3))),
  ],
  'x / 1 is x': [
    becomes(
      (b, x) => b.div(x, b.number(1)),
      (_, x) => x,
    ),
    stays((b, x) => b.div(b.number(1), x)),
  ],
  '0 / x is 0': [
    becomes(
      (b, x) => b.div(b.number(0), x),
      (b) => full(b, 0),
    ),
    stays((b, x) => b.div(x, b.number(0))),
  ],
  'x + (-y) is x - y': [
    becomes(
      (b, x, y) => b.add(x, b.neg(y)),
      (b, x, y) => b.sub(x, y),
    ),
    becomes(
      (b, x, y) => b.add(b.neg(x), y),
      (b, x, y) => b.sub(y, x),
    ),
  ],
  'x - (-y) is x + y': [
    becomes(
      (b, x, y) => b.sub(x, b.neg(y)),
      (b, x, y) => b.add(x, y),
    ),
    stays((b, x, y) => b.sub(b.neg(x), y)),
  ],
  '(-x) y is -(x y), or x (-c)': [
    becomes(
      (b, x, y) => b.mul(b.neg(x), y),
      (b, x, y) => b.neg(b.mul(x, y)),
    ),
    becomes(
      (b, x, y) => b.mul(x, b.neg(y)),
      (b, x, y) => b.neg(b.mul(x, y)),
    ),
    becomes(
      (b, x, y) => b.mul(b.neg(x), b.neg(y)),
      (b, x, y) => b.mul(x, y),
    ),
    becomes(
      (b, x) => b.mul(b.neg(x), b.number(3)),
      (b, x) => b.mul(x, b.number(-3)),
    ),
  ],
  '-(x - y) is y - x; -(x c) is x (-c)': [
    becomes(
      (b, x, y) => b.neg(b.sub(x, y)),
      (b, x, y) => b.sub(y, x),
    ),
    becomes(
      (b, x) => b.neg(b.mul(x, b.number(3))),
      (b, x) => b.mul(x, b.number(-3)),
    ),
    stays((b, x, y) => b.neg(b.add(x, b.neg(b.mul(x, y))))),
  ],
  'x^0, x^1, x^2, x^-1 and x^0.5 without a power': [
    becomes(
      (b, x) => b.pow(x, b.number(0)),
      (b) => full(b, 1),
    ),
    becomes(
      (b, x) => b.pow(x, b.number(1)),
      (_, x) => x,
    ),
    becomes(
      (b, x) => b.pow(x, b.number(2)),
      (b, x) => b.mul(x, x),
    ),
    becomes(
      (b, x) => b.pow(x, b.number(-1)),
      (b, x) => b.div(b.number(1), x),
    ),
    becomes(
      (b, x) => b.pow(x, b.number(0.5)),
      (b, x) => b.sqrt(x),
    ),
    stays((b, x, y) => b.pow(b.pow(x, b.number(3)), y)),
  ],
  'a select whose choice is known': [
    becomes(
      (b, x, y) => b.select(b.number(2), x, y),
      (_, x) => x,
    ),
    becomes(
      (b, x, y) => b.select(b.number(0), x, y),
      (_, __, y) => y,
    ),
    becomes(
      (b, x, _, z) => b.select(z, x, x),
      (_, x) => x,
    ),
    stays((b, x, y, z) => b.select(z, x, y)),
  ],
})
