import { naturals } from '../../codecs/lists.ts'
import type { Shape } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { lowerWithin } from './lowerWithin.ts'
import { binding, type Pen, type Written } from './notation.ts'
import type { Term } from './term.ts'
import { perValue } from './typing.ts'
import { named, namedBelow, norm, squaredVector } from './writing.ts'

/** Reduces the given axes of one value, or all by default, and drops them. */
export interface ReductionTerm {
  readonly op: 'sum' | 'mean' | 'max'
  readonly of: Term
  readonly axes?: readonly number[]
}

const axesOf = ({ axes }: ReductionTerm, shape: Shape): readonly number[] => axes ?? shape.map((_, axis) => axis)

const formula = (term: ReductionTerm, pen: Pen): Written => {
  const { op, of, axes } = term
  const vector = squaredVector(term)
  if (vector !== undefined) return { text: pen.notation.superscript(norm(vector, pen), '2'), binds: binding.power }
  return axes === undefined ? named(op, [of], pen) : namedBelow(op, axes.join(', '), [of], pen)
}

export const reductionDefinition: TermDefinition<ReductionTerm> = {
  fields: { of: part, axes: { optional: naturals } },
  type: (term, { of }, { opShape }) =>
    perValue([of], opShape(term.op === 'max' ? 'max' : 'sum', { axes: axesOf(term, of.shape) }, [of.shape])),
  lower: (term, context) =>
    lowerWithin(term.of, context, (b, of, front) =>
      b[term.op](
        of.node,
        axesOf(term, of.shape).map((axis) => axis + front.length),
      ),
    ),
  formula,
  bounds: ({ op }, { of }) => (op === 'sum' ? undefined : of),
}
