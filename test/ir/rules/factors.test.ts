import type { Shape } from '../../../src/ir/program.ts'
import { factorRules } from '../../../src/ir/rules/factors.ts'
import { becomes, describeRules, stays } from '../../laws/ruleCase.ts'

/** An image of two channels, and a number for each channel. */
const channels: readonly [Shape, Shape, Shape] = [[3, 2], [2], [2]]
const numbers: readonly [Shape, Shape, Shape] = [[3, 2], [], [2]]
const kept: readonly [Shape, Shape, Shape] = [
  [3, 2],
  [1, 2],
  [3, 1],
]

describeRules(factorRules, {
  '(x s) t is x (s t) for broadcasts s and t': [
    becomes(
      (b, x, s, t) => b.mul(b.mul(x, s), t),
      (b, x, s, t) => b.mul(x, b.broadcast(b.mul(s, t), [3, 2])),
      channels,
    ),
    becomes(
      (b, x, s, t) => b.mul(t, b.mul(s, x)),
      (b, x, s, t) => b.mul(x, b.broadcast(b.mul(s, t), [3, 2])),
      numbers,
    ),
    becomes(
      (b, x, s) => b.mul(b.mul(x, s), b.number(3)),
      (b, x, s) => b.mul(x, b.broadcast(b.mul(s, b.number(3)), [3, 2])),
      channels,
    ),
    stays((b, x, s, t) => b.mul(b.mul(x, s), t), kept),
    stays((b, x, s) => b.mul(b.mul(x, s), x), channels),
    stays((b, x) => b.mul(b.mul(x, b.number(1e-30)), b.number(1e-30)), channels),
  ],
  'sum(x s) is sum(x) s for a broadcast s along the axes of the sum': [
    becomes(
      (b, x, s) => b.sum(b.mul(x, s), [0]),
      (b, x, s) => b.mul(b.sum(x, [0]), s),
      channels,
    ),
    becomes(
      (b, x, s) => b.sum(b.mul(b.mul(x, s), x), [0]),
      (b, x, s) => b.mul(b.sum(b.mul(x, x), [0]), s),
      channels,
    ),
    becomes(
      (b, x, _, t) => b.sum(b.mul(x, t), [1]),
      (b, x, _, t) => b.mul(b.sum(x, [1]), b.reshape(t, [3])),
      kept,
    ),
    becomes(
      (b, x, s) => b.sum(b.mul(x, s)),
      (b, x, s) => b.mul(b.sum(x), s),
      numbers,
    ),
    stays((b, x, s) => b.sum(b.mul(x, s), [1]), channels),
    stays((b, x) => b.sum(b.mul(x, x)), channels),
  ],
})
