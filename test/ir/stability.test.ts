import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import type { Builder } from '../../src/ir/builder.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { at } from '../../src/ir/present.ts'
import type { NodeId } from '../../src/ir/program.ts'
import { lowerRules, simplify } from '../../src/ir/simplify.ts'
import { feedOf, programOf } from '../laws/meaning.ts'

/** Enough digits that log(sigmoid(200)), about 1e-87, keeps 50 of its own. */
const D = Decimal.clone({ precision: 140 })
const logits = [-200, -40, -5, -1e-3, 0, 0.5, 5, 40, 200]
const n = logits.length

/** Sigmoid of u and of -u, and their logarithms, far more exact than float64. */
interface Exact {
  readonly p: Decimal
  readonly q: Decimal
  readonly logP: Decimal
  readonly logQ: Decimal
}
const exactly = logits.map((u): Exact => {
  const [p, q] = [new D(-u).exp().plus(1).pow(-1), new D(u).exp().plus(1).pow(-1)]
  return { p, q, logP: p.ln(), logQ: q.ln() }
})

interface Derivatives {
  readonly value: (at: Exact) => Decimal
  readonly first: (at: Exact) => Decimal
  readonly second: (at: Exact) => Decimal
}

const logSigmoid: Derivatives = {
  value: ({ logP }) => logP,
  first: ({ q }) => q,
  second: ({ p, q }) => p.times(q).neg(),
}
const logComplement: Derivatives = {
  value: ({ logQ }) => logQ,
  first: ({ p }) => p.neg(),
  second: ({ p, q }) => p.times(q).neg(),
}
const probability: Derivatives = {
  value: ({ p }) => p,
  first: ({ p, q }) => p.times(q),
  second: ({ p, q }) => p.times(q).times(q.minus(p)),
}
const complement: Derivatives = {
  value: ({ q }) => q,
  first: ({ p, q }) => p.times(q).neg(),
  second: ({ p, q }) => p.times(q).times(p.minus(q)),
}
const plus = (constant: Decimal.Value, of: Derivatives): Derivatives => ({
  ...of,
  value: (exact) => of.value(exact).plus(constant),
})
const times = (factor: Decimal.Value, of: Derivatives): Derivatives => ({
  value: (exact) => of.value(exact).times(factor),
  first: (exact) => of.first(exact).times(factor),
  second: (exact) => of.second(exact).times(factor),
})

type Formula = (b: Builder, u: NodeId) => NodeId

const one = (b: Builder) => b.number(1)
/** Each formula gives one number per logit, in order. */
const formulas: { readonly [name: string]: readonly [Formula, Derivatives] } = {
  'log(sigmoid(u))': [(b, u) => b.log(b.sigmoid(u)), logSigmoid],
  'log(1 - sigmoid(u))': [(b, u) => b.log(b.sub(one(b), b.sigmoid(u))), logComplement],
  'log(-sigmoid(u) + 1)': [(b, u) => b.log(b.add(b.neg(b.sigmoid(u)), one(b))), logComplement],
  'log1p(-sigmoid(u))': [(b, u) => b.log1p(b.neg(b.sigmoid(u))), logComplement],
  'log of a reshape': [(b, u) => b.reshape(b.log(b.reshape(b.sigmoid(u), [n, 1])), [n]), logSigmoid],
  'log of 1 - a reshape': [
    (b, u) => b.reshape(b.log(b.sub(one(b), b.reshape(b.sigmoid(u), [n, 1]))), [n]),
    logComplement,
  ],
  'log of a slice': [(b, u) => b.log(b.slice(b.sigmoid(b.concat([u, u], 0)), [n], [n])), logSigmoid],
  'log of 1 - a slice': [
    (b, u) => b.log(b.sub(one(b), b.slice(b.sigmoid(b.concat([u, u], 0)), [n], [n]))),
    logComplement,
  ],
  'log of a concatenation': [
    (b, u) => b.slice(b.log(b.concat([b.exp(b.abs(u)), b.sigmoid(u)], 0)), [n], [n]),
    logSigmoid,
  ],
  'log of 1 - a concatenation': [
    (b, u) => b.slice(b.log(b.sub(one(b), b.concat([b.neg(b.abs(u)), b.sigmoid(u)], 0))), [n], [n]),
    logComplement,
  ],
  'log of a broadcast': [
    (b, u) => b.slice(b.reshape(b.log(b.broadcast(b.sigmoid(u), [2, n])), [2 * n]), [n], [n]),
    logSigmoid,
  ],
  'log of a transpose': [
    (b, u) => b.reshape(b.log(b.transpose(b.reshape(b.sigmoid(u), [n, 1]), [1, 0])), [n]),
    logSigmoid,
  ],
  'log of 1 - a transposed broadcast': [
    (b, u) =>
      b.reshape(b.slice(b.log(b.sub(one(b), b.transpose(b.broadcast(b.sigmoid(u), [2, n]), [1, 0]))), [0, 1], [n, 1]), [
        n,
      ]),
    logComplement,
  ],
  'log of gathered rows': [
    (b, u) =>
      b.log(
        b.gather(
          b.sigmoid(u),
          b.constant(
            [n],
            logits.map((_, i) => i),
          ),
        ),
      ),
    logSigmoid,
  ],
  'a smoothed label, log(0.9 sigmoid(u))': [
    (b, u) => b.log(b.mul(b.number(0.9), b.sigmoid(u))),
    plus(new D(0.9).ln(), logSigmoid),
  ],
  'log(sigmoid(u) / 2)': [(b, u) => b.log(b.div(b.sigmoid(u), b.number(2))), plus(new D(0.5).ln(), logSigmoid)],
  'log(sqrt(sigmoid(u)))': [(b, u) => b.log(b.sqrt(b.sigmoid(u))), times(0.5, logSigmoid)],
  'log(sigmoid(u)^2)': [(b, u) => b.log(b.pow(b.sigmoid(u), b.number(2))), times(2, logSigmoid)],
  'log(sigmoid(u)^3)': [(b, u) => b.log(b.pow(b.sigmoid(u), b.number(3))), times(3, logSigmoid)],
  'log(1 / sigmoid(u))': [(b, u) => b.log(b.div(one(b), b.sigmoid(u))), times(-1, logSigmoid)],
  '-log(1 + exp(-u))': [(b, u) => b.neg(b.log(b.add(one(b), b.exp(b.neg(u))))), logSigmoid],
  'log(1 / (1 + exp(-u)))': [(b, u) => b.log(b.div(one(b), b.add(one(b), b.exp(b.neg(u))))), logSigmoid],
  '1 / (1 + exp(-u))': [(b, u) => b.div(one(b), b.add(one(b), b.exp(b.neg(u)))), probability],
  'exp(u) / (1 + exp(u))': [(b, u) => b.div(b.exp(u), b.add(one(b), b.exp(u))), probability],
  '1 - sigmoid(u)': [(b, u) => b.sub(one(b), b.sigmoid(u)), complement],
}

const expectExact = (found: readonly number[], expected: (exact: Exact) => Decimal, what: string): void => {
  expect(found.length).toBe(logits.length)
  logits.forEach((u, i) => {
    const exact = expected(at(exactly, i))
    const error = exact.minus(at(found, i)).abs()
    expect(Number.isFinite(at(found, i)), `${what} at ${u}`).toBe(true)
    expect(
      error.lessThanOrEqualTo(exact.abs().times(1e-12)),
      `${what} at ${u}: ${at(found, i)}, not ${exact.toNumber()}`,
    ).toBe(true)
  })
}

describe('textbook formulas far out, in value and both gradients, to 12 digits of a decimal oracle', () => {
  for (const [name, [formula, exact]] of Object.entries(formulas))
    test(name, () => {
      const operand = { shape: [n], values: logits, fixed: false }
      const lowered = programOf(
        [operand],
        (b, inputs) => {
          const value = formula(b, at(inputs, 0))
          const first = at(gradient(b, value, inputs), 0)
          return { value, first, second: at(gradient(b, first, inputs), 0) }
        },
        lowerRules,
      )
      for (const program of [lowered, simplify(lowered)]) {
        const { metrics } = evaluate(program, feedOf([operand]))
        expectExact([...(metrics.value ?? [])], exact.value, 'value')
        expectExact([...(metrics.first ?? [])], exact.first, 'first gradient')
        expectExact([...(metrics.second ?? [])], exact.second, 'second gradient')
      }
    })
})

describe('log of a softmax, as networks make it', () => {
  const rows = [200, -200, 0, 1, -300, 200, 0.5, 0.25, 0]
  const operand = { shape: [3, 3], values: rows, fixed: false }
  const logSoftmax = (b: Builder, x: NodeId): NodeId => {
    const peak = b.broadcast(b.reshape(b.max(x, [1]), [3, 1]), [3, 3])
    const powers = b.exp(b.sub(x, b.stopGradient(peak)))
    return b.log(b.div(powers, b.reshape(b.sum(powers, [1]), [3, 1])))
  }

  test('value and gradients', () => {
    const program = programOf(
      [operand],
      (b, inputs) => {
        const value = logSoftmax(b, at(inputs, 0))
        const first = at(gradient(b, b.slice(value, [0, 0], [3, 1]), inputs), 0)
        return { value, first, second: at(gradient(b, b.slice(first, [0, 0], [3, 1]), inputs), 0) }
      },
      lowerRules,
    )
    const { metrics } = evaluate(simplify(program), feedOf([operand]))
    rows.forEach((x, i) => {
      const own = rows.slice(i - (i % 3), i - (i % 3) + 3)
      const share = (y: number) => new D(y).exp().div(own.reduce((sum, z) => sum.plus(new D(z).exp()), new D(0)))
      const isFirst = i % 3 === 0 ? 1 : 0
      const close = (found: number | undefined, exact: Decimal) =>
        expect(
          exact
            .minus(found ?? Number.NaN)
            .abs()
            .toNumber(),
        ).toBeLessThan(1e-12 * (1 + exact.abs().toNumber()))
      close(metrics.value?.[i], share(x).ln())
      close(metrics.first?.[i], new D(isFirst).minus(share(x)))
      close(metrics.second?.[i], share(at(own, 0)).times(share(x).minus(isFirst)))
    })
  })
})
