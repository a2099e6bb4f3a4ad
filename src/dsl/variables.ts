import type { Shape } from '../ir/program.ts'
import type { Expr } from './expression.ts'

/** The argument of an activation. */
export const t: Expr<'batch', [], 'variable t'> = { term: { op: 'variable', name: 't' } }

/** In an optimizer: the parameter's value before the update, in its shape. */
export const parameter: Expr<'batch', Shape, 'variable parameter'> = { term: { op: 'variable', name: 'parameter' } }
/** In an optimizer: the gradient of what the player minimises by the parameter, in its shape. */
export const gradient: Expr<'batch', Shape, 'variable gradient'> = { term: { op: 'variable', name: 'gradient' } }
/** In an optimizer: how many updates the player has made before this one, a scalar. */
export const updates: Expr<'batch', [], 'variable updates'> = { term: { op: 'variable', name: 'updates' } }

/** The number of the step, from 0, a scalar. */
export const step: Expr<'batch', [], never> = { term: { op: 'step' } }

/** The number of a sample within its batch, from 0, a scalar per sample: `equal(index, pair(index))` is a sample met by itself. */
export const index: Expr<'sample', [], never> = { term: { op: 'index' } }
