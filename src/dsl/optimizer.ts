import * as t from '#io-ts'
import { choice } from './codecs/choice.ts'
import { decay, finite, nonNegative } from './codecs/numbers.ts'
import { struct } from './codecs/struct.ts'
import { tagged } from './codecs/tagged.ts'
import type { Term } from './term.ts'
import { termCodec } from './termCodec.ts'

/** A learning rate: a number, or an expression of `step` and `updates`. */
export type Rate = number | Term

/** How a player's parameters move, given the gradient of what it minimises. Defaults are filled in. */
export type Optimizer =
  | { readonly type: 'sgd'; readonly lr: Rate }
  | { readonly type: 'momentum'; readonly lr: Rate; readonly momentum: number; readonly nesterov: boolean }
  | { readonly type: 'rmsprop'; readonly lr: Rate; readonly decay: number; readonly epsilon: number }
  | {
      readonly type: 'adam'
      readonly lr: Rate
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
    }
  | {
      readonly type: 'adamW'
      readonly lr: Rate
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
      readonly weightDecay: number
    }
  /** The new value of a parameter, an expression of `parameter`, `gradient` and `updates`. */
  | { readonly type: 'custom'; readonly update: Term }

export type OptimizerOf<T extends Optimizer['type']> = Extract<Optimizer, { readonly type: T }>

const lr = choice('a learning rate: a number of at least 0, or an expression', nonNegative, termCodec)

export const optimizerCodec: t.Type<Optimizer, unknown> = tagged<Optimizer, 'type'>('an optimizer', 'type', {
  sgd: struct({ type: t.literal('sgd'), lr }),
  momentum: struct({ type: t.literal('momentum'), lr, momentum: finite, nesterov: t.boolean }),
  rmsprop: struct({ type: t.literal('rmsprop'), lr, decay, epsilon: nonNegative }),
  adam: struct({ type: t.literal('adam'), lr, beta1: decay, beta2: decay, epsilon: nonNegative }),
  adamW: struct({
    type: t.literal('adamW'),
    lr,
    beta1: decay,
    beta2: decay,
    epsilon: nonNegative,
    weightDecay: nonNegative,
  }),
  custom: struct({ type: t.literal('custom'), update: termCodec }),
})
