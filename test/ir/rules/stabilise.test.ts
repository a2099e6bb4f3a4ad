import { stabiliseRules } from '../../../src/ir/rules/stabilise.ts'
import { becomes, describeRules, stays } from '../../laws/ruleCase.ts'

describeRules(stabiliseRules, {
  '-(-x) is x': [
    becomes(
      (b, x) => b.neg(b.neg(x)),
      (_, x) => x,
    ),
    stays((b, x) => b.neg(b.abs(x))),
  ],
  'log of a sigmoid, an exponential and what is made of them': [
    becomes(
      (b, x) => b.log(b.exp(x)),
      (_, x) => x,
    ),
    becomes(
      (b, x) => b.log(b.sigmoid(x)),
      (b, x) => b.neg(b.softplus(b.neg(x))),
    ),
    becomes(
      (b, x, y) => b.log(b.mul(b.exp(x), y)),
      (b, x, y) => b.add(x, b.log(y)),
    ),
    becomes(
      (b, x, y) => b.log(b.div(y, b.exp(x))),
      (b, x, y) => b.sub(b.log(y), x),
    ),
    becomes(
      (b, x) => b.log(b.sqrt(b.exp(x))),
      (b, x) => b.mul(x, b.number(0.5)),
    ),
    becomes(
      (b, x, y) => b.log(b.pow(b.exp(x), y)),
      (b, x, y) => b.mul(x, y),
    ),
    becomes(
      (b, x) => b.log(b.add(b.number(1), b.exp(x))),
      (b, x) => b.softplus(x),
    ),
    becomes(
      (b, x) => b.log(b.add(b.transpose(b.exp(x), [1, 0]), b.number(1))),
      (b, x) => b.transpose(b.softplus(x), [1, 0]),
    ),
    becomes(
      (b, x, y, z) => b.log(b.select(x, b.exp(y), b.exp(z))),
      (b, x, y, z) => b.select(x, y, z),
    ),
    becomes(
      (b, x, y) => b.log(b.concat([b.exp(x), y], 0)),
      (b, x, y) => b.concat([x, b.log(y)], 0),
    ),
    becomes(
      (b, x) => b.log(b.slice(b.broadcast(b.reshape(b.exp(x), [1, 4]), [3, 4]), [1, 1], [2, 2])),
      (b, x) => b.slice(b.broadcast(b.reshape(x, [1, 4]), [3, 4]), [1, 1], [2, 2]),
    ),
    becomes(
      (b, x) => b.log(b.gather(b.exp(x), b.constant([3], [1, 0, 1]))),
      (b, x) => b.gather(x, b.constant([3], [1, 0, 1])),
    ),
    stays((b, x, y, z) => b.log(b.select(x, b.exp(y), z))),
    stays((b, x, y) => b.log(b.mul(x, b.add(y, b.exp(x))))),
    stays((b, x) => b.log(b.barrier(b.sigmoid(x)))),
    stays((b, x) => b.log(b.sum(b.exp(x), [1]))),
  ],
  'log1p(exp(u)) is softplus(u); log1p(-sigmoid(u)) is -softplus(u)': [
    becomes(
      (b, x) => b.log1p(b.exp(x)),
      (b, x) => b.softplus(x),
    ),
    becomes(
      (b, x) => b.log1p(b.reshape(b.exp(x), [4])),
      (b, x) => b.reshape(b.softplus(x), [4]),
    ),
    becomes(
      (b, x, y) => b.log1p(b.concat([b.exp(x), y], 1)),
      (b, x, y) => b.concat([b.softplus(x), b.log1p(y)], 1),
    ),
    becomes(
      (b, x) => b.log1p(b.neg(b.sigmoid(x))),
      (b, x) => b.neg(b.softplus(b.neg(b.neg(x)))),
    ),
    stays((b, x) => b.log1p(b.neg(x))),
  ],
  '1 - sigmoid(u) is sigmoid(-u)': [
    becomes(
      (b, x) => b.sub(b.number(1), b.sigmoid(x)),
      (b, x) => b.sigmoid(b.neg(x)),
    ),
    becomes(
      (b, x) => b.add(b.neg(b.sigmoid(x)), b.number(1)),
      (b, x) => b.sigmoid(b.neg(x)),
    ),
    becomes(
      (b, x) => b.add(b.number(1), b.neg(b.sigmoid(x))),
      (b, x) => b.sigmoid(b.neg(x)),
    ),
    becomes(
      (b, x, y) => b.sub(b.number(1), b.concat([b.transpose(b.sigmoid(x), [1, 0]), y], 0)),
      (b, x, y) => b.concat([b.transpose(b.sigmoid(b.neg(x)), [1, 0]), b.sub(b.number(1), y)], 0),
    ),
    stays((b, x) => b.sub(b.number(2), b.sigmoid(x))),
    stays((b, x) => b.sub(b.sigmoid(x), b.number(1))),
  ],
  '1 / (1 + exp(u)) is sigmoid(-u); exp(u) / (1 + exp(u)) is sigmoid(u)': [
    becomes(
      (b, x) => b.div(b.number(1), b.add(b.number(1), b.exp(x))),
      (b, x) => b.sigmoid(b.neg(x)),
    ),
    becomes(
      (b, x) => b.div(b.number(1), b.add(b.reshape(b.exp(x), [4]), b.number(1))),
      (b, x) => b.reshape(b.sigmoid(b.neg(x)), [4]),
    ),
    becomes(
      (b, x) => b.div(b.exp(x), b.add(b.number(1), b.exp(x))),
      (b, x) => b.sigmoid(x),
    ),
    stays((b, x, y) => b.div(b.exp(y), b.add(b.number(1), b.exp(x)))),
    stays((b, x) => b.div(b.number(1), b.add(b.number(2), b.exp(x)))),
  ],
})
