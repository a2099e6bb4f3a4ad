import type * as t from '#io-ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Optimizer } from './optimizer.ts'

/** The definition of one kind of optimizer. */
export interface OptimizerDefinition<O> {
  /** Receives the codec of all optimizers, for optimizers that wrap others. */
  readonly codec: (optimizer: t.Type<Optimizer, unknown>) => t.Type<O, unknown>
  /**
   * A parameter's new value, as an expression of `parameter`, `gradient` (of the player's cost) and `updates` (how many
   * the player made before), in the parameter's shape. Slots without a shape get that shape. An optimizer that wraps
   * another one changes the inner update, which `updateOf` returns.
   */
  readonly update: (optimizer: O, updateOf: (within: Optimizer) => Term) => Term
}
