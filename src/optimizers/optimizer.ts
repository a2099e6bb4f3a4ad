import { kind } from '../codecs/kind.ts'
import type { Member } from '../codecs/tagged.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { OptimizerDefinition } from './definition.ts'
import * as definitions from './definitions.ts'

type Of<D> = D extends OptimizerDefinition<infer O> ? O : never

/** How a player's parameters move, given the gradient of its cost. Defaults are filled in. */
export type Optimizer = Of<(typeof definitions)[keyof typeof definitions]>

/** The optimizers that wrap another one: they change its input, its output, or when it moves. */
export type Wrapper = Extract<Optimizer, { readonly of: Optimizer }>

const table: { readonly [K in Optimizer['type']]: OptimizerDefinition<Member<Optimizer, 'type', K>> } = definitions

/** The codec of an optimizer, the definition of its own kind, and the names of all kinds. */
export const optimizerKind = /* @__PURE__ */ kind<
  Optimizer,
  <O extends Optimizer>(optimizer: O) => OptimizerDefinition<O>
>('an optimizer', 'type', table)

/** A parameter's new value: see `update` of a definition. */
export const updateOf = (optimizer: Optimizer): Term =>
  optimizerKind.definitionOf(optimizer).update(optimizer, updateOf)
