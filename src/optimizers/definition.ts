import type * as t from '#io-ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Optimizer } from './optimizer.ts'

/** The definition of one kind of optimizer. */
export interface OptimizerDefinition<O> {
  /** Receives the codec of all optimizers, for optimizers that wrap others. */
  readonly codec: (optimizer: t.Type<Optimizer, unknown>) => t.Type<O, unknown>
  /**
   * A parameter's new value, an expression of `parameter`, `gradient` (of what the player minimises) and `updates` (how many
   * the player made before), in the parameter's shape. Its slots without a shape have that shape too. An optimizer around
   * another one changes the update within, which `updateOf` gives.
   */
  readonly update: (optimizer: O, updateOf: (within: Optimizer) => Term) => Term
}
