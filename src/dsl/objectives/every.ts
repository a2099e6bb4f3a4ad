import { checkNumber } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { type Expr, toTerm } from '../terms/expression.ts'
import type { Penalty, ShapedPenalty } from './symbols.ts'

const rarely = (period: number, cost: Penalty): Penalty => ({
  term: { op: 'every', period, of: toTerm(cost, 'every', 'cost') },
})

/**
 * Lazy regularisation (Karras et al. 2020, section 3.1): `period` times the cost at every `period`th step, from step 0 on. At other
 * steps it is 0 and not computed, and slots inside it do not change. Its average is the cost itself.
 *
 * @example every(16, penalties.r1({ weight: 10 }))
 */
export function every<U extends string>(period: number, cost: Expr<'batch', Shape, U>): Expr<'batch', Shape, U>
export function every(period: number, cost: ShapedPenalty): ShapedPenalty
export function every(period: number, cost: Penalty | ShapedPenalty): Penalty | ShapedPenalty {
  checkNumber('every', 'period', period, 'Write every(16, penalties.r1({ weight: 10 })).')
  return typeof cost === 'function' ? (shapes) => rarely(period, cost(shapes)) : rarely(period, cost)
}
