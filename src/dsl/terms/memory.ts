import { checkFunction, checkOptions, checkText } from '../../codecs/argument.ts'
import { name } from '../../codecs/dictionary.ts'
import { shape } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import type { Shape } from '../../ir/program.ts'
import type { Mutable } from '../types/shape.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, toTerm } from './expression.ts'
import type { Term } from './term.ts'

/**
 * Memory: `initial` at first; after each accepted update of the player whose objective or optimizer holds it, `update`.
 * Without a shape it is a scalar in an objective, and has the parameter's shape in an optimizer.
 */
export interface SlotTerm {
  readonly op: 'slot'
  readonly name: string
  readonly shape?: Shape
  readonly initial: number
  readonly update: Term
}

/** The value of the slot of that name, within its own update. */
export interface PreviousTerm {
  readonly op: 'previous'
  readonly slot: string
}

const call = "slot('mean', {}, (previous) => add(mul(0.9, previous), mul(0.1, E(D(x)))))"

/**
 * Memory: the slot's value before this update, which is `initial` at first; after each accepted update of the player whose
 * objective or optimizer holds it, it becomes `update(previous)`, which may not vary by sample. Slots of one name are one slot.
 *
 * Without a shape it is a scalar in an objective, and has the parameter's shape in an optimizer.
 *
 * @example slot('mean', { initial: 0 }, (previous) => add(mul(0.99, previous), mul(0.01, E(D(x)))))
 */
export const slot = <const S extends Shape = [], U extends string = never>(
  name: string,
  options: { readonly initial: number; readonly shape?: S },
  update: (previous: Expr<'batch', Mutable<S>, never>) => Expr<'batch', Shape, U>,
): Expr<'batch', Mutable<S>, U> => {
  const fields = { initial: 'required', shape: 'optional' } as const
  checkText('slot', 'name', name, `Write ${call}.`)
  checkOptions<{ readonly initial: number; readonly shape?: Shape }>('slot', options, fields, call)
  checkFunction('slot', 'update', update, `Write ${call}.`)
  const { initial, shape } = options
  const next = toTerm(update({ term: { op: 'previous', slot: name } }), 'slot', 'update')
  return { term: { op: 'slot', name, initial, update: next, ...(shape === undefined ? {} : { shape }) } }
}

export const slotDefinition: TermDefinition<SlotTerm> = {
  fields: { name, initial: finite, update: part, shape: { optional: shape } },
}

export const previousDefinition: TermDefinition<PreviousTerm> = { fields: { slot: name } }
