import type { Optimizer, OptimizerOf } from '../dsl/optimizer.ts'
import type { Term } from '../dsl/term.ts'
import { adamUpdate } from './adam.ts'
import { adamWUpdate } from './adamW.ts'
import { customUpdate } from './custom.ts'
import { momentumUpdate } from './momentum.ts'
import { rmspropUpdate } from './rmsprop.ts'
import { sgdUpdate } from './sgd.ts'

const updates: { readonly [T in Optimizer['type']]: (config: OptimizerOf<T>) => Term } = {
  sgd: sgdUpdate,
  momentum: momentumUpdate,
  rmsprop: rmspropUpdate,
  adam: adamUpdate,
  adamW: adamWUpdate,
  custom: customUpdate,
}

/**
 * A parameter's new value, an expression of `parameter`, `gradient` (of what the player minimises) and `updates` (how many
 * the player made before), elementwise in the parameter's shape. Its slots without a shape have that shape too.
 */
export const updateOf = (optimizer: Optimizer): Term => {
  // TypeScript does not see that the type at a key and the update at that key belong together.
  const update = updates[optimizer.type] as (config: Optimizer) => Term
  return update(optimizer)
}
