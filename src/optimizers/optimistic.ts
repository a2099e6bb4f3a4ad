import * as t from '#io-ts'
import { struct } from '../codecs/struct.ts'
import { add, mul, neg, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import type { Term } from '../dsl/terms/term.ts'
import { parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import { freshSlot } from './freshSlot.ts'
import type { Optimizer } from './optimizer.ts'

interface Optimistic {
  readonly type: 'optimistic'
  readonly of: Optimizer
}

/**
 * Wraps an optimizer so that each move is twice its step minus the previous step. With `sgd` this is the optimistic gradient,
 * parameter - lr * (2 gradient - previous gradient); with `adam`, optimistic Adam (Daskalakis et al. 2018, algorithm 1). The step
 * before the first is 0.
 *
 * @example optimistic(adam({ lr: 2e-4 }))
 */
export const optimistic = (of: Optimizer): Optimizer => ({ type: 'optimistic', of })

export const optimisticDefinition: OptimizerDefinition<Optimistic> = {
  codec: (of) => struct({ type: t.literal('optimistic'), of }),
  update: ({ of }, updateOf) => {
    const update = updateOf(of)
    const now = displacement(update)
    const before = slot(freshSlot('displacement', update), { initial: 0 }, () => now)
    return add(parameter, sub(mul(2, now), before)).term
  },
}

/** How far an update moves the parameter. Reads the step from the formula if possible, because subtracting nearly equal values loses precision. */
const displacement = (update: Term): Expr<'batch'> =>
  update.op === 'sub' && update.left.op === 'variable' && update.left.name === 'parameter'
    ? neg<Expr<'batch'>>({ term: update.right })
    : sub<Expr<'batch'>, Expr<'batch'>>({ term: update }, parameter)
