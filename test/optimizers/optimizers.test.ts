import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, div, mul, sign, sub } from '../../src/dsl/terms/elementwise.ts'
import { subterms } from '../../src/dsl/terms/termParts.ts'
import { gradient, parameter, updates } from '../../src/dsl/terms/variables.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { adaBelief } from '../../src/optimizers/adaBelief.ts'
import { adagrad } from '../../src/optimizers/adagrad.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { adamW } from '../../src/optimizers/adamW.ts'
import { amsgrad } from '../../src/optimizers/amsgrad.ts'
import { clipNorm } from '../../src/optimizers/clipNorm.ts'
import { clipValue } from '../../src/optimizers/clipValue.ts'
import { clipWeights } from '../../src/optimizers/clipWeights.ts'
import { optimizer } from '../../src/optimizers/custom.ts'
import { lion } from '../../src/optimizers/lion.ts'
import { momentum } from '../../src/optimizers/momentum.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { updateOf } from '../../src/optimizers/optimizer.ts'
import { rmsprop } from '../../src/optimizers/rmsprop.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { weightDecay } from '../../src/optimizers/weightDecay.ts'
import { scalarValue } from '../laws/scalar.ts'

/** The parameter after each of the gradients, by the optimizer's term. */
const run = (config: Optimizer, start: number, gradients: readonly number[]): readonly number[] =>
  played(config, start, gradients).map(({ parameter }) => parameter)

/** The parameter, and every slot, after each of the gradients. It is the player's only one. */
const played = (config: Optimizer, start: number, gradients: readonly number[]) => {
  const term = updateOf(config)
  const memory = subterms(term).flatMap((each) => (each.op === 'slot' ? [each] : []))
  let parameter = start
  let slots: { readonly [name: string]: number } = Object.fromEntries(
    memory.map(({ name, initial }) => [name, initial]),
  )
  return gradients.map((gradient, updates) => {
    const scope = {
      variables: { parameter, gradient, updates },
      slots,
      step: updates,
    }
    parameter = scalarValue(term, scope)
    slots = Object.fromEntries(memory.map((slot) => [slot.name, scalarValue(slot.update, scope)]))
    return { parameter, slots }
  })
}

type Step = (parameter: number, gradient: number, t: number) => number

/** The algorithms: where PyTorch has them as its documentation does (torch.optim 2.x), else as their papers do; t from 1. */
const published: { readonly [name: string]: () => Step } = {
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
  adagrad: () => {
    let sum = 0.5
    return (p, g) => {
      sum += g * g
      return p - (0.1 * g) / (Math.sqrt(sum) + 1e-10)
    }
  },
  amsgrad: () => {
    let [m, v, largest] = [0, 0, 0]
    return (p, g, t) => {
      m = 0.9 * m + 0.1 * g
      v = 0.9 * v + 0.1 * g * g
      largest = Math.max(largest, v)
      return p - ((0.1 / (1 - 0.9 ** t)) * m) / (Math.sqrt(largest) / Math.sqrt(1 - 0.9 ** t) + 1e-8)
    }
  },
  adaBelief: () => {
    let [m, s] = [0, 0]
    return (p, g, t) => {
      m = 0.9 * m + 0.1 * g
      s = 0.99 * s + 0.01 * (g - m) ** 2 + 1e-3
      return p - ((0.1 / (1 - 0.9 ** t)) * m) / (Math.sqrt(s / (1 - 0.99 ** t)) + 1e-3)
    }
  },
  lion: () => {
    let m = 0
    return (p, g) => {
      const direction = Math.sign(0.75 * m + 0.25 * g)
      m = 0.5 * m + 0.5 * g
      return p - 0.1 * (direction + 0.02 * p)
    }
  },
  clipValue: () => (p, g) => p - 0.1 * Math.min(2, Math.max(-2, g)),
  clipNorm: () => (p, g) => p - 0.1 * g * Math.min(1, 2 / (Math.abs(g) + 1e-6)),
  weightDecay: () => {
    let b = 0
    return (p, g) => {
      b = 0.9 * b + (g + 0.02 * p)
      return p - 0.1 * b
    }
  },
  clipWeights: () => (p, g) => Math.min(0.3, Math.max(-0.3, p - 0.1 * g)),
  optimistic: () => {
    let before = 0
    return (p, g) => {
      const moved = p - 0.1 * (2 * g - before)
      before = g
      return moved
    }
  },
  optimisticAdam: () => {
    let [m, v, before] = [0, 0, 0]
    return (p, g, t) => {
      m = 0.5 * m + 0.5 * g
      v = 0.9 * v + 0.1 * g * g
      const now = m / (1 - 0.5 ** t) / (Math.sqrt(v / (1 - 0.9 ** t)) + 1e-8)
      const moved = p - 2 * 0.1 * now + 0.1 * before
      before = now
      return moved
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
  ['adagrad', adagrad({ lr, initial: 0.5 })],
  ['rmsprop', rmsprop({ lr })],
  ['adam', adam({ lr })],
  ['adamWithoutMean', adam({ lr, beta1: 0, beta2: 0.9 })],
  ['adamW', adamW({ lr, beta1: 0.5, beta2: 0.99, weightDecay: 0.02 })],
  ['amsgrad', amsgrad({ lr, beta2: 0.9 })],
  ['adaBelief', adaBelief({ lr, beta2: 0.99, epsilon: 1e-3 })],
  ['lion', lion({ lr, beta1: 0.75, beta2: 0.5, weightDecay: 0.02 })],
  ['clipValue', clipValue({ most: 2 }, sgd({ lr }))],
  ['clipNorm', clipNorm({ most: 2 }, sgd({ lr }))],
  ['weightDecay', weightDecay({ decay: 0.02 }, momentum({ lr }))],
  ['clipWeights', clipWeights({ most: 0.3 }, sgd({ lr }))],
  ['optimistic', optimistic(sgd({ lr }))],
  ['optimisticAdam', optimistic(adam({ lr, beta1: 0.5, beta2: 0.9 }))],
]
const number = fc.double({ min: -5, max: 5, noNaN: true })
const gradients = fc.array(number, { minLength: 1, maxLength: 20 })

describe.each(optimizers)('%s', (name, config) => {
  it('moves as is published', () => {
    fc.assert(
      fc.property(number, gradients, (start, gs) => {
        const step = published[name]?.()
        let expected = start
        run(config, start, gs).forEach((found, i) => {
          expected = step?.(expected, gs[i] ?? 0, i + 1) ?? NaN
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)))
        })
      }),
    )
  })

  it('stays where the gradient is and was 0, but for weight decay', () => {
    const decays = ['adamW', 'lion', 'weightDecay'].includes(name)
    expect(run(config, 0.25, [0, 0, 0]).every((p) => p === 0.25)).toBe(!decays)
  })
})

const every = fc.integer({ min: 1, max: 5 })
/** Schedules count moves, and two slots are held. */
const scheduled = adam({ lr: div(0.1, add(updates, 1)), beta2: 0.9 })

const means = (gradients: readonly number[], size: number): readonly number[] =>
  Array.from(
    { length: Math.floor(gradients.length / size) },
    (_, i) => gradients.slice(i * size, (i + 1) * size).reduce((sum, g) => sum + g, 0) / size,
  )

describe('accumulate', () => {
  it.each<readonly [string, Optimizer]>([...optimizers, ['of a schedule', scheduled]])(
    '%s: moves as on mean gradients',
    (_, config) => {
      fc.assert(
        fc.property(number, gradients, every, (start, gs, every) => {
          const moved = run(accumulate({ every }, config), start, gs)
          const expected = run(config, start, means(gs, every))
          for (const [i, found] of moved.entries()) {
            const moves = Math.floor((i + 1) / every)
            const last = moves === 0 ? start : (expected[moves - 1] ?? Number.NaN)
            expect(Math.abs(found - last)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(last)))
          }
        }),
      )
    },
  )

  it('keeps slots where they are between moves', () => {
    const states = played(accumulate({ every: 3 }, scheduled), 1, [1, -2, 3, 4, 5, -6]).map(({ slots: { m, v } }) => [
      m,
      v,
    ])
    expect(states.slice(0, 2)).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(states[3]).toEqual(states[2])
    expect(states[4]).toEqual(states[2])
    expect(states[5]).not.toEqual(states[2])
  })

  it('of accumulate multiplies', () => {
    const gs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    const twice = run(accumulate({ every: 2 }, accumulate({ every: 3 }, sgd({ lr }))), 0, gs)
    const once = run(accumulate({ every: 6 }, sgd({ lr })), 0, gs)
    twice.forEach((p, i) => {
      expect(p).toBeCloseTo(once[i] ?? Number.NaN, 12)
    })
  })
})

describe('wrappers', () => {
  it('are worked off from the outside in', () => {
    const clippedFirst = clipNorm({ most: 1 }, weightDecay({ decay: 1 }, sgd({ lr })))
    const decayedFirst = weightDecay({ decay: 1 }, clipValue({ most: 1 }, sgd({ lr })))
    expect(run(clippedFirst, 10, [5])[0]).toBeCloseTo(10 - 0.1 * (1 + 10), 6)
    expect(run(decayedFirst, 10, [5])[0]).toBeCloseTo(10 - 0.1 * 1, 12)
  })

  it('of clipNorm see the shorter norm within', () => {
    const twice = clipNorm({ most: 4 }, clipNorm({ most: 2 }, sgd({ lr })))
    expect(run(twice, 0, [8])[0]).toBeCloseTo(-0.2, 6)
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
