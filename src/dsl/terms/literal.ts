import { checkSizes } from '../../codecs/argument.ts'
import { numbers, shape } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import { refined } from '../../codecs/refined.ts'
import { type Shape, size } from '../../ir/program.ts'
import type { Mutable } from '../types/shape.ts'
import type { TermDefinition } from './definition.ts'
import type { Expr } from './expression.ts'
import { flatValues, type Values } from './values.ts'

export interface NumberTerm {
  readonly op: 'number'
  readonly value: number
}

/** A literal tensor, its values in row-major order. */
export interface TensorTerm {
  readonly op: 'tensor'
  readonly shape: Shape
  readonly values: readonly number[]
}

/**
 * A literal tensor of a shape, its values in row-major order: a list, lists within lists, or a typed array.
 *
 * @example ops.constant([2, 2], [[1, 0], [0, 1]])
 */
export const constant = <const S extends Shape>(shape: S, values: Values): Expr<'batch', Mutable<S>, never> => {
  checkSizes('ops.constant', shape, 'ops.constant([], values)')
  return { term: { op: 'tensor', shape, values: flatValues(values) } }
}

export const numberDefinition: TermDefinition<NumberTerm> = { fields: { value: finite } }

export const tensorDefinition: TermDefinition<TensorTerm> = {
  fields: { shape, values: numbers },
  refine: (codec) =>
    refined(
      'a tensor of as many values as its shape holds',
      codec,
      ({ shape, values }: TensorTerm) => values.length === size(shape),
      'Give the values row-major.',
    ),
}
