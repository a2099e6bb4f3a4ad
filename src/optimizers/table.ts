import type { Term } from '../dsl/terms/term.ts'
import { accumulateUpdate } from './accumulate.ts'
import { adaBeliefUpdate } from './adaBelief.ts'
import { adagradUpdate } from './adagrad.ts'
import { adamUpdate } from './adam.ts'
import { adamWUpdate } from './adamW.ts'
import { amsgradUpdate } from './amsgrad.ts'
import { clipNormUpdate } from './clipNorm.ts'
import { clipValueUpdate } from './clipValue.ts'
import { clipWeightsUpdate } from './clipWeights.ts'
import { customUpdate } from './custom.ts'
import { lionUpdate } from './lion.ts'
import { momentumUpdate } from './momentum.ts'
import { optimisticUpdate } from './optimistic.ts'
import type { Optimizer, OptimizerOf, Wrapper } from './optimizer.ts'
import { rmspropUpdate } from './rmsprop.ts'
import { sgdUpdate } from './sgd.ts'
import { weightDecayUpdate } from './weightDecay.ts'

type Plain = Exclude<Optimizer, Wrapper>

const updates: { readonly [T in Plain['type']]: (config: OptimizerOf<T>) => Term } = {
  sgd: sgdUpdate,
  momentum: momentumUpdate,
  adagrad: adagradUpdate,
  rmsprop: rmspropUpdate,
  adam: adamUpdate,
  amsgrad: amsgradUpdate,
  adamW: adamWUpdate,
  adaBelief: adaBeliefUpdate,
  lion: lionUpdate,
  custom: customUpdate,
}

/** What a wrapper makes of the update of the optimizer within. */
const rewrites: { readonly [T in Wrapper['type']]: (config: OptimizerOf<T>, update: Term) => Term } = {
  clipValue: clipValueUpdate,
  clipNorm: clipNormUpdate,
  weightDecay: weightDecayUpdate,
  clipWeights: clipWeightsUpdate,
  accumulate: accumulateUpdate,
  optimistic: optimisticUpdate,
}

/**
 * A parameter's new value, an expression of `parameter`, `gradient` (of what the player minimises) and `updates` (how many
 * the player made before), in the parameter's shape. Its slots without a shape have that shape too.
 */
export const updateOf = (optimizer: Optimizer): Term => {
  // TypeScript does not see that the type at a key and the function at that key belong together.
  if ('of' in optimizer) {
    const rewrite = rewrites[optimizer.type] as (config: Wrapper, update: Term) => Term
    return rewrite(optimizer, updateOf(optimizer.of))
  }
  const update = updates[optimizer.type] as (config: Plain) => Term
  return update(optimizer)
}
