import type { Shape } from '../../ir/program.ts'
import type { Expr } from './expression.ts'

/**
 * The argument of an activation.
 *
 * @example activation(mul(variables.t, sigmoid(variables.t)))
 */
export const t: Expr<'batch', [], 'variable t'> = { term: { op: 'variable', name: 't' } }

/**
 * In an optimizer: the parameter's value before the update, in its shape.
 *
 * @example optimizer(mul(0.1, add(variables.gradient, mul(0.01, variables.parameter))))
 */
export const parameter: Expr<'batch', Shape, 'variable parameter'> = { term: { op: 'variable', name: 'parameter' } }
/**
 * In an optimizer: the gradient of the player's cost by the parameter, in its shape.
 *
 * @example optimizer(mul(0.1, variables.gradient))
 */
export const gradient: Expr<'batch', Shape, 'variable gradient'> = { term: { op: 'variable', name: 'gradient' } }
/**
 * In an optimizer: the number of the player's earlier updates, a scalar.
 *
 * @example optimizer(div(variables.gradient, variables.updates))
 */
export const updates: Expr<'batch', [], 'variable updates'> = { term: { op: 'variable', name: 'updates' } }

/**
 * The number of the step, from 0, a scalar.
 *
 * @example optimizer(mul(div(0.1, add(1, variables.step)), variables.gradient))
 */
export const step: Expr<'batch', [], never> = { term: { op: 'step' } }

/**
 * The completed share of the game, a scalar: step / steps, from 0 at the first step to 1 - 1 / steps at the last. A rate that uses it
 * stretches when the number of steps changes; one that uses only `step` does not.
 *
 * @example adam({ lr: mul(2e-3, sub(1, progress)) })
 */
export const progress: Expr<'batch', [], never> = { term: { op: 'progress' } }

/**
 * The index of a sample in its batch, from 0, a scalar per sample. `equal(index, pair(index))` is 1 where a sample is paired with itself.
 *
 * @example E(mul(variables.index, D(x)))
 */
export const index: Expr<'sample', [], never> = { term: { op: 'index' } }
