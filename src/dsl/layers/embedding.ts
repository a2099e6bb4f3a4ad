import { checkNumber } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import * as init from '../initializers/init.ts'
import type { Net } from '../networks/net.ts'
import type { Shapes, WithLast } from '../types/shape.ts'
import { dense } from './dense.ts'

/**
 * A trained vector of `units` numbers for each class: the product of a one-hot label, as sources give labels, and a table,
 * `[..., classes] -> [..., units]`. The table starts standard normal.
 *
 * @example pipe(input([10]), embedding(32))
 */
export const embedding = <U extends number>(
  units: U,
): (<I extends Shapes, S extends Shape>(label: Net<I, S>) => Net<I, WithLast<S, U>>) => {
  checkNumber('embedding', 'units', units, 'Write embedding(32).')
  return dense(units, { bias: false, init: init.normal(1) })
}
