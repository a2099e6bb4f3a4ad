import * as t from '#io-ts'
import { choice } from '../codecs/choice.ts'
import { count, finite, nonNegative, positive } from '../codecs/numbers.ts'
import { oneOf } from '../codecs/oneOf.ts'
import { struct } from '../codecs/struct.ts'
import { type Member, tagged } from '../codecs/tagged.ts'
import { constantOf, describeRange } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'

/** A learning rate: a number, or an expression of `step` and `updates`. */
export type Rate = number | Term

/** How a player's parameters move, given the gradient of what it minimises. Defaults are filled in. */
export type Optimizer =
  | { readonly type: 'sgd'; readonly lr: Rate }
  | { readonly type: 'momentum'; readonly lr: Rate; readonly momentum: number; readonly nesterov: boolean }
  | { readonly type: 'adagrad'; readonly lr: Rate; readonly initial: number; readonly epsilon: number }
  | { readonly type: 'rmsprop'; readonly lr: Rate; readonly decay: number; readonly epsilon: number }
  | {
      readonly type: 'adam' | 'amsgrad' | 'adaBelief'
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
  | {
      readonly type: 'lion'
      readonly lr: Rate
      readonly beta1: number
      readonly beta2: number
      readonly weightDecay: number
    }
  /** The new value of a parameter, an expression of `parameter`, `gradient` and `updates`. */
  | { readonly type: 'custom'; readonly update: Term }
  /** Around another optimizer: what it is given, what it gives, or when it moves is changed. */
  | { readonly type: 'clipValue' | 'clipNorm' | 'clipWeights'; readonly most: number; readonly of: Optimizer }
  | { readonly type: 'weightDecay'; readonly decay: number; readonly of: Optimizer }
  | { readonly type: 'accumulate'; readonly every: number; readonly of: Optimizer }
  | { readonly type: 'optimistic'; readonly of: Optimizer }

/** The optimizers around another one. */
export type Wrapper = Extract<Optimizer, { readonly of: Optimizer }>

export type OptimizerOf<T extends Optimizer['type']> = Member<Optimizer, 'type', T>

const lr = choice(`${describeRange('rate')}, or an expression`, constantOf('rate'), termCodec)
const decay = constantOf('decay')
const adamLike = { lr, beta1: decay, beta2: decay, epsilon: nonNegative }

export const optimizerCodec: t.Type<Optimizer, unknown> = t.recursion(
  'an optimizer',
  (of: t.Type<Optimizer, unknown>) => {
    const adam = struct({ type: oneOf('adam', 'amsgrad', 'adaBelief'), ...adamLike })
    const clip = struct({ type: oneOf('clipValue', 'clipNorm', 'clipWeights'), most: positive, of })
    return tagged<Optimizer, 'type'>('an optimizer', 'type', {
      sgd: struct({ type: t.literal('sgd'), lr }),
      momentum: struct({ type: t.literal('momentum'), lr, momentum: finite, nesterov: t.boolean }),
      adagrad: struct({ type: t.literal('adagrad'), lr, initial: nonNegative, epsilon: nonNegative }),
      rmsprop: struct({ type: t.literal('rmsprop'), lr, decay, epsilon: nonNegative }),
      adam,
      amsgrad: adam,
      adamW: struct({ type: t.literal('adamW'), ...adamLike, weightDecay: nonNegative }),
      adaBelief: adam,
      lion: struct({ type: t.literal('lion'), lr, beta1: decay, beta2: decay, weightDecay: nonNegative }),
      custom: struct({ type: t.literal('custom'), update: termCodec }),
      clipValue: clip,
      clipNorm: clip,
      clipWeights: clip,
      weightDecay: struct({ type: t.literal('weightDecay'), decay: nonNegative, of }),
      accumulate: struct({ type: t.literal('accumulate'), every: count, of }),
      optimistic: struct({ type: t.literal('optimistic'), of }),
    })
  },
)
