import { describe, expect, test } from 'vitest'
import type { Builder } from '../../src/ir/builder.ts'
import { createBuilder } from '../../src/ir/builder.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { at } from '../../src/ir/present.ts'
import type { NodeId, Shape } from '../../src/ir/program.ts'
import { lowerRules } from '../../src/ir/simplify.ts'
import { substitute } from '../../src/ir/substitute.ts'
import { expectSlope, type Make } from '../laws/derivative.ts'
import { computed, direction } from '../laws/meaning.ts'
import type { Operand } from '../laws/opCase.ts'

type Function = (b: Builder, x: NodeId) => NodeId

/** The gradient of f's sum at x, as a nested gradient is taken: by a stand-in that no rule sees through. */
const nested = (b: Builder, f: Function, x: NodeId): NodeId => {
  const inside = b.barrier(x)
  return substitute(b, at(gradient(b, f(b, inside), [inside]), 0), inside, x)
}

const activations: { readonly [name: string]: Function } = {
  tanh: (b, u) => b.tanh(u),
  'leaky relu': (b, u) => b.select(b.greater(u, b.number(0)), u, b.mul(b.number(0.2), u)),
  softplus: (b, u) => b.softplus(u),
  'log sigmoid': (b, u) => b.log(b.sigmoid(u)),
}

const mlp =
  (activation: Function, first: NodeId, second: NodeId): Function =>
  (b, x) =>
    b.matmul(activation(b, b.matmul(activation(b, x), first)), second)

const squares: Function = (b, x) => b.sum(b.square(x))

const filledWith = (shape: Shape, seed: number): Operand => ({ shape, values: direction(shape, seed), fixed: false })
const operandsOf = (seed: number): readonly Operand[] => [
  filledWith([4, 3], seed),
  filledWith([3, 5], seed + 1),
  filledWith([5, 1], seed + 2),
  filledWith([3, 3], seed + 3),
]
const seeds = [100, 200, 300, 400, 500]

describe('gradients of gradients, by finite differences', () => {
  const penalties: { readonly [name: string]: (activation: Function) => Make } = {
    '|df/dx|^2 at data': (activation) => (b, inputs) =>
      squares(b, nested(b, mlp(activation, at(inputs, 1), at(inputs, 2)), at(inputs, 0))),
    '(|df/dx| - 1)^2 at x made by a network': (activation) => (b, inputs) => {
      const made = b.matmul(at(inputs, 0), at(inputs, 3))
      const slopes = nested(b, mlp(activation, at(inputs, 1), at(inputs, 2)), made)
      const norms = b.sqrt(b.sum(b.square(slopes), [1]))
      return b.mean(b.square(b.sub(norms, b.number(1))))
    },
    '|d|df/dx|^2/dx|^2, nested twice': (activation) => (b, inputs) => {
      const f = mlp(activation, at(inputs, 1), at(inputs, 2))
      return squares(
        b,
        nested(b, (c, y) => squares(c, nested(c, f, y)), at(inputs, 0)),
      )
    },
  }
  for (const [penalty, of] of Object.entries(penalties))
    for (const [name, activation] of Object.entries(activations))
      test(`${penalty}, ${name}`, () => {
        for (const seed of seeds)
          for (const order of [1, 2])
            for (const rules of [[], lowerRules]) expectSlope(operandsOf(seed), of(activation), order, rules)
      })
})

describe('substitute', () => {
  test('is the gradient taken directly, where nothing else depends on the place', () => {
    for (const seed of seeds) {
      const by = (take: (b: Builder, f: Function, x: NodeId) => NodeId) =>
        computed(operandsOf(seed), (b, inputs) =>
          take(
            b,
            mlp((c, u) => c.tanh(u), at(inputs, 1), at(inputs, 2)),
            at(inputs, 0),
          ),
        )
      expect(by(nested)).toEqual(by((b, f, x) => at(gradient(b, f(b, x), [x]), 0)))
    }
  })

  test('what does not depend on the place is the same node; so is the root where nothing does', () => {
    const b = createBuilder()
    const [x, y, z] = [b.state('x', []), b.state('y', []), b.state('z', [])]
    const kept = b.exp(y)
    const root = b.add(b.tanh(x), kept)
    expect(b.node(substitute(b, root, x, z)).inputs).toEqual([b.tanh(z), kept])
    expect(substitute(b, root, z, x)).toBe(root)
    expect(substitute(b, x, x, y)).toBe(y)
  })

  test('rules see what they could not see through the barrier', () => {
    const b = createBuilder(lowerRules)
    const u = b.state('u', [3])
    const inside = b.barrier(b.sigmoid(u))
    const root = b.log(inside)
    expect(b.node(root).op).toBe('log')
    expect(substitute(b, root, inside, b.sigmoid(u))).toBe(b.neg(b.softplus(b.neg(u))))
  })
})
