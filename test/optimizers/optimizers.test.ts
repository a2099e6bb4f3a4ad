import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, div, mul, sign, sub } from '../../src/dsl/elementwise.ts'
import type { Optimizer } from '../../src/dsl/optimizer.ts'
import { subterms } from '../../src/dsl/termParts.ts'
import { gradient, parameter, updates } from '../../src/dsl/variables.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { adamW } from '../../src/optimizers/adamW.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import { momentum } from '../../src/optimizers/momentum.ts'
import { rmsprop } from '../../src/optimizers/rmsprop.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { updateOf } from '../../src/optimizers/table.ts'
import { scalarValue } from '../laws/scalar.ts'

/** The parameter after each of the gradients, by the optimizer's term. */
const run = (config: Optimizer, start: number, gradients: readonly number[]): readonly number[] => {
  const term = updateOf(config)
  const memory = subterms(term).flatMap((each) => (each.op === 'slot' ? [each] : []))
  let parameter = start
  let slots: { readonly [name: string]: number } = {}
  return gradients.map((gradient, updates) => {
    const scope = { variables: { parameter, gradient, updates }, slots }
    parameter = scalarValue(term, scope)
    slots = Object.fromEntries(memory.map((slot) => [slot.name, scalarValue(slot.update, scope)]))
    return parameter
  })
}

type Step = (parameter: number, gradient: number, t: number) => number

/** PyTorch's algorithms, as its documentation has them (torch.optim 2.x), t from 1. */
const pytorch: { readonly [name: string]: () => Step } = {
  sgd: () => (p, g) => p - 0.1 * g,
  momentum: () => {
    let b = 0
    return (p, g) => {
      b = 0.9 * b + g
      return p - 0.1 * b
    }
  },
  nesterov: () => {
    let b = 0
    return (p, g) => {
      b = 0.5 * b + g
      return p - 0.1 * (g + 0.5 * b)
    }
  },
  rmsprop: () => {
    let v = 0
    return (p, g) => {
      v = 0.99 * v + 0.01 * g * g
      return p - (0.1 * g) / (Math.sqrt(v) + 1e-8)
    }
  },
  adam: () => adamLike(0.9, 0.999, 0),
  adamWithoutMean: () => adamLike(0, 0.9, 0),
  adamW: () => adamLike(0.5, 0.99, 0.02),
}
const adamLike = (beta1: number, beta2: number, decay: number): Step => {
  let [m, v] = [0, 0]
  return (p, g, t) => {
    const decayed = p - 0.1 * decay * p
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    const root = Math.sqrt(v) / Math.sqrt(1 - beta2 ** t)
    return decayed - ((0.1 / (1 - beta1 ** t)) * m) / (root + 1e-8)
  }
}

const lr = 0.1
const optimizers: readonly (readonly [string, Optimizer])[] = [
  ['sgd', sgd({ lr })],
  ['momentum', momentum({ lr })],
  ['nesterov', momentum({ lr, momentum: 0.5, nesterov: true })],
  ['rmsprop', rmsprop({ lr })],
  ['adam', adam({ lr })],
  ['adamWithoutMean', adam({ lr, beta1: 0, beta2: 0.9 })],
  ['adamW', adamW({ lr, beta1: 0.5, beta2: 0.99, weightDecay: 0.02 })],
]
const number = fc.double({ min: -5, max: 5, noNaN: true })
const gradients = fc.array(number, { minLength: 1, maxLength: 20 })

describe.each(optimizers)('%s', (name, config) => {
  it('moves as in PyTorch', () => {
    fc.assert(
      fc.property(number, gradients, (start, gs) => {
        const step = pytorch[name]?.()
        let expected = start
        run(config, start, gs).forEach((found, i) => {
          expected = step?.(expected, gs[i] ?? 0, i + 1) ?? NaN
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)))
        })
      }),
    )
  })

  it('stays where the gradient is and was 0, but for weight decay', () => {
    if (name !== 'adamW') expect(run(config, 2, [0, 0, 0])).toEqual([2, 2, 2])
  })
})

describe('an optimizer', () => {
  it('takes schedules', () => {
    const config = sgd({ lr: div(1, add(updates, 1)) })
    expect(run(config, 0, [1, 1, 1])).toEqual([-1, -1.5, -1.5 - 1 / 3])
  })

  it('is an expression of one’s own', () => {
    expect(run(optimizer(sub(parameter, mul(0.5, sign(gradient)))), 0, [3, -2, 0])).toEqual([-0.5, 0, 0])
  })

  it('of Adam moves by lr at first, however slow its averages', () => {
    const [first = 0] = run(adam({ lr: 1, beta2: 1 - 2 ** -40, epsilon: 0 }), 0, [1e-3])
    expect(Math.abs(first + 1)).toBeLessThan(1e-9)
  })
})
