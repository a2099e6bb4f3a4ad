import type { Shape } from '../../ir/program.ts'
import type { IsScalar, Show } from '../types/shape.ts'
import { part, type TermDefinition } from './definition.ts'
import { sqrt, square } from './elementwise.ts'
import { type Expr, toTerm } from './expression.ts'
import { sum } from './statistics.ts'
import type { Term } from './term.ts'
import { isOneNumber, oneNumber, wrong } from './typing.ts'
import { describe } from './valueType.ts'
import { gradient } from './variables.ts'
import { namedBelow } from './writing.ts'

/** In an optimizer: a number that is computed for each parameter, summed over all parameters of the player. */
export interface AcrossParametersTerm {
  readonly op: 'acrossParameters'
  readonly of: Term
}

type OneNumber<S extends Shape, U extends string> =
  IsScalar<S> extends true
    ? Expr<'batch', S, U>
    : `acrossParameters sums one number for each parameter, but this is ${Show<S>}: take its norm, sum or mean first`

/**
 * In an optimizer: sums a number that is computed for each parameter over all parameters of the player.
 *
 * @example sqrt(acrossParameters(sum(square(variables.gradient))))
 */
export const acrossParameters = <S extends Shape, U extends string>(of: OneNumber<S, U>): Expr<'batch', [], U> => ({
  term: { op: 'acrossParameters', of: toTerm(of, 'acrossParameters') },
})

/**
 * In an optimizer: the Euclidean norm of the gradient by all parameters of the player.
 *
 * @example minimum(1, div(1, gradientNorm))
 */
export const gradientNorm: Expr<'batch', [], 'variable gradient'> = sqrt(acrossParameters(sum(square(gradient))))

export const acrossParametersDefinition: TermDefinition<AcrossParametersTerm> = {
  fields: { of: part },
  type: (_, { of }, { place }) => {
    if (place !== 'optimizer')
      return wrong(
        'what an objective knows',
        'a sum across parameters',
        'it is for optimizers; kernels(...) sums over weights',
      )
    return isOneNumber(of)
      ? oneNumber
      : wrong('one number for each parameter', describe(of), 'take its norm, sum or mean first')
  },
  lower: ({ of }, { overParameters }) => ({ level: 'batch', shape: [], node: overParameters(of) }),
  formula: ({ of }, pen) => namedBelow('sum', pen.notation.symbol('parameters'), [of], pen),
}
