import { checkSizes } from '../../codecs/argument.ts'
import { numbers, shape } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import { refined } from '../../codecs/refined.ts'
import { type Shape, showShape, size } from '../../ir/program.ts'
import { around } from '../types/bounds.ts'
import type { Mutable } from '../types/shape.ts'
import type { TermDefinition } from './definition.ts'
import type { Expr } from './expression.ts'
import { atom, binding, type Notation, type Written } from './notation.ts'
import { declared, oneNumber, wrong } from './typing.ts'
import { flatValues, type Values } from './values.ts'
import { list } from './writing.ts'

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
 * A literal tensor of a shape, with values in row-major order: a list, nested lists, or a typed array.
 *
 * @example ops.constant([2, 2], [[1, 0], [0, 1]])
 */
export const constant = <const S extends Shape>(shape: S, values: Values): Expr<'batch', Mutable<S>, never> => {
  checkSizes('ops.constant', shape, 'ops.constant([], values)')
  return { term: { op: 'tensor', shape, values: flatValues(values) } }
}

/** Rounds to twelve digits, so that 1 - 0.9 prints as 0.1. */
const writeNumber = (value: number, { minus, times, superscript }: Notation): Written => {
  const [digits = '0', exponent] = String(Number(Math.abs(value).toPrecision(12))).split('e')
  const power = exponent === undefined ? '' : superscript('10', exponent.replace('+', ''))
  const text = power === '' ? digits : digits === '1' ? power : `${digits} ${times} ${power}`
  if (value < 0) return { text: `${minus}${text}`, binds: binding.minus }
  return { text, binds: power === '' ? binding.atom : digits === '1' ? binding.power : binding.product }
}

const writeTensor = ({ shape, values }: TensorTerm): Written =>
  atom(values.length <= 8 ? list(values) : `[${values.slice(0, 3).join(', ')}, ..., ${shape.join(' × ')}]`)

export const numberDefinition: TermDefinition<NumberTerm> = {
  fields: { value: finite },
  type: () => oneNumber,
  lower: ({ value }, { builder: b }) => ({ level: 'batch', shape: [], node: b.number(value) }),
  formula: ({ value }, { notation }) => writeNumber(value, notation),
  pointwise: ({ value }, arithmetic) => arithmetic.number(value),
}

export const tensorDefinition: TermDefinition<TensorTerm> = {
  fields: { shape, values: numbers },
  refine: (codec) =>
    refined(
      'a tensor of as many values as its shape holds',
      codec,
      ({ shape, values }: TensorTerm) => values.length === size(shape),
      'Give the values row-major.',
    ),
  type: ({ shape, values }) =>
    values.length === size(shape)
      ? declared('batch', shape)
      : wrong(
          `${size(shape)} values for ${showShape(shape)}`,
          `${values.length}`,
          'give one for each element, row-major',
        ),
  lower: ({ shape, values }, { builder: b }) => ({ level: 'batch', shape, node: b.constant(shape, values) }),
  formula: writeTensor,
  bounds: ({ values }) => around(values),
}
