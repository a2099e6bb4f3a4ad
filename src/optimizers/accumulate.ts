import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, div, equal, floor, select, sub } from '../dsl/terms/elementwise.ts'
import { slot } from '../dsl/terms/memory.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import { gradient, parameter, updates } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import { freshSlot } from './freshSlot.ts'
import type { Optimizer } from './optimizer.ts'

interface Accumulate {
  readonly type: 'accumulate'
  readonly every: number
  readonly of: Optimizer
}

/**
 * Wraps an optimizer so that it moves only at every `every`th update, by the mean gradient since its last move. Its own count of
 * updates counts moves. This simulates a batch `every` times as large in the memory of one (Ott et al. 2018, delayed updates).
 *
 * @example accumulate({ every: 4 }, adam({ lr: 1e-3 }))
 */
export const accumulate = (options: { readonly every: number }, of: Optimizer): Optimizer => {
  checkOptions<{ readonly every: number }>(
    'accumulate',
    options,
    { every: 'required' },
    'accumulate({}, adam({ lr: 1e-4 }))',
  )
  return { type: 'accumulate', every: options.every, of }
}

export const accumulateDefinition: OptimizerDefinition<Accumulate> = {
  codec: (of) => struct({ type: t.literal('accumulate'), every: count, of }),
  update: ({ every, of }, updateOf) => {
    const update = updateOf(of)
    // Counts from the last move, because float32 can't represent a count of updates beyond 2^24.
    const waiting = slot(freshSlot('waiting', update), { initial: 0, shape: [] }, (previous) =>
      select(equal(previous, every - 1), 0, add(previous, 1)),
    )
    const due = equal(waiting, every - 1)
    // Add a half before rounding down: a quotient that should be whole may be rounded below it.
    const moves = floor(add(div(sub(updates, waiting), every), 0.5))
    const sum = slot(freshSlot('accumulated', update), { initial: 0 }, (previous) =>
      select(due, 0, add(previous, gradient)),
    )
    const mean = div(add(sum, gradient), every)
    const held = rewrite(update, (term) => {
      if (term.op === 'variable' && term.name === 'gradient') return mean.term
      if (term.op === 'variable' && term.name === 'updates') return moves.term
      if (term.op !== 'slot') return term
      return { ...term, update: select(due, { term: term.update }, { term: { op: 'previous', slot: term.name } }).term }
    })
    return select(due, { term: held }, parameter).term
  },
}
