import { selectRules } from '../../../src/ir/rules/select.ts'
import { becomes, describeRules, stays } from '../../laws/ruleCase.ts'

describeRules(selectRules, {
  'select(c, x, 0) k is select(c, x k, 0)': [
    becomes(
      (b, x, _, c) => b.mul(b.select(c, x, b.number(0)), b.number(3)),
      (b, x, _, c) => b.select(c, b.mul(x, b.number(3)), b.number(0)),
    ),
    becomes(
      (b, x, _, c) => b.mul(b.select(c, b.number(0), x), b.number(3)),
      (b, x, _, c) => b.select(c, b.number(0), b.mul(x, b.number(3))),
    ),
    stays((b, x, y, c) => b.mul(b.select(c, x, b.number(0)), y)),
    stays((b, x, y, c) => b.mul(b.select(c, x, y), b.number(3))),
  ],
  'select(c, x, 0) + select(c, 0, y) is select(c, x, y)': [
    becomes(
      (b, x, y, c) => b.add(b.select(c, x, b.number(0)), b.select(c, b.number(0), y)),
      (b, x, y, c) => b.select(c, x, y),
    ),
    becomes(
      (b, x, y, c) => b.add(b.select(c, b.number(0), x), b.select(c, y, b.number(0))),
      (b, x, y, c) => b.select(c, y, x),
    ),
    stays((b, x, y, c) => b.add(b.select(c, x, b.number(0)), b.select(y, b.number(0), x))),
    stays((b, x, y, c) => b.add(b.select(c, x, b.number(0)), b.select(c, y, b.number(0)))),
  ],
})
