import * as E from '#fp-ts/Either'
import type { PartsOf, Typed } from './definition.ts'
import { part, type TermDefinition } from './definition.ts'
import { binding } from './notation.ts'
import type { Term } from './term.ts'
import type { TypeContext } from './typeContext.ts'
import { wrong } from './typing.ts'
import { describe, isScalar, type ValueType } from './valueType.ts'

/** The gradient of the batch's sum of `of` (one number per sample) with respect to each sample of `by`. */
export interface GradTerm {
  readonly op: 'grad'
  readonly of: Term
  readonly by: Term
}

const typeOf = (term: GradTerm, { of, by }: PartsOf<GradTerm, ValueType>, { walk }: TypeContext): Typed => {
  if (by.level !== 'sample')
    return wrong(
      'to differentiate by a value per sample',
      describe(by),
      'differentiate by a draw, or by a value computed from one',
    )
  if (!isScalar(of.shape) || of.level !== 'sample')
    return wrong('one number per sample to differentiate', describe(of), 'take its norm, sum or mean first')
  const identify = walk.identifier()
  const base = identify(term.by)
  const within = walk.termsDownTo(term.of, (each) => identify(each) === base)
  if (!within.some((each) => identify(each) === base))
    return wrong(
      'to differentiate by what occurs in the expression',
      'what does not',
      'write the very same expression in both places',
    )
  const made = new Set(walk.subterms(term.by).map(identify))
  const inner = within.some(
    (each) =>
      each.op === 'grad' && identify(each) !== base && identify(each.by) !== base && made.has(identify(each.by)),
  )
  return inner
    ? wrong(
        'nested gradients by the same value',
        "an inner gradient by a part of the outer gradient's value",
        'take the inner and the outer gradient with respect to the same value',
      )
    : E.right(by)
}

export const gradDefinition: TermDefinition<GradTerm> = {
  fields: { of: part, by: part },
  type: typeOf,
  lower: ({ of, by }, { slope }) => slope(of, by),
  formula: ({ of, by }, { notation, write, part }) => ({
    text: `${notation.subscript(notation.gradient, write(by).text)} ${part(of, binding.power)}`,
    binds: binding.prefix,
  }),
}
