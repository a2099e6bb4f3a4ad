import * as E from '#fp-ts/Either'
import { checkShape } from '../dsl/types/checkShape.ts'
import type { Problem } from '../errors/specError.ts'
import { shapeOf } from '../ir/ops/table.ts'
import { type Op, type Params, type Shape, showShape } from '../ir/program.ts'

/** The shape that an op makes of one value, by its own rule: what breaks an op's invariant is here a user's mistake. */
export const opShape = <O extends Op>(op: O, params: Params[O], shapes: readonly Shape[]): E.Either<Problem, Shape> => {
  const misfit = (found: string): Problem => ({
    expected: `operands that ${op} takes`,
    found,
    hint: 'shapes and axes here are those of one value, without the batch',
  })
  const made = E.tryCatch(
    () => shapeOf(op, params, shapes),
    (error) => misfit(error instanceof Error ? said(error.message, shapes) : shapes.map(showShape).join(' and ')),
  )
  return E.filterOrElse(
    (shape: Shape) => checkShape(shape) === undefined,
    (shape) => misfit(`what would make ${showShape(shape)}`),
  )(made)
}

/** An op's own words, or where it has none for too few axes, the shapes. */
const said = (message: string, shapes: readonly Shape[]): string => {
  const words = message.replace('broken invariant: ', '')
  return words.startsWith('no element') ? shapes.map(showShape).join(' and ') : words
}
