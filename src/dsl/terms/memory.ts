import * as E from '#fp-ts/Either'
import { checkFunction, checkOptions, checkText } from '../../codecs/argument.ts'
import { name } from '../../codecs/dictionary.ts'
import { shape } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import type { Shape } from '../../ir/program.ts'
import { showShape } from '../../ir/program.ts'
import { checkShape } from '../types/checkShape.ts'
import type { Mutable } from '../types/shape.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, toTerm } from './expression.ts'
import type { LowerContext } from './lowerContext.ts'
import { atom } from './notation.ts'
import type { Term } from './term.ts'
import { problem, wrong } from './typing.ts'
import { spread, type Value } from './value.ts'
import { describe, fitsIn } from './valueType.ts'

/**
 * Memory. It starts as `initial`; each accepted update of the player whose objective or optimizer contains it sets it to `update`.
 * Without a shape it is a scalar in an objective, and has the parameter's shape in an optimizer.
 */
export interface SlotTerm {
  readonly op: 'slot'
  readonly name: string
  readonly shape?: Shape
  readonly initial: number
  readonly update: Term
}

/** The previous value of a slot, inside its update. */
export interface PreviousTerm {
  readonly op: 'previous'
  readonly slot: string
}

const call = "slot('mean', {}, (previous) => add(mul(0.9, previous), mul(0.1, E(D(x)))))"

/**
 * Memory: the value of a slot before this update. It starts as `initial`; each accepted update of the player whose objective or optimizer
 * contains it sets it to `update(previous)`, which must not vary by sample. Slots of the same name are one slot.
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

/** The variable for a slot's previous value, inside its update. */
const previousName = (slot: string): string => `previous ${slot}`

const shapeOf = ({ shape }: SlotTerm, slotShape: Shape): Shape => shape ?? slotShape

const lower = (term: SlotTerm, { builder: b, batch, slot, slotShape, write, lowerWith }: LowerContext): Value => {
  const shape = shapeOf(term, slotShape)
  const value: Value = { level: 'batch', shape, node: slot(term.name, shape) }
  const update = lowerWith(term.update, { [previousName(term.name)]: value })
  write(term.name, spread(b, update, 'batch', shape, batch))
  return value
}

export const slotDefinition: TermDefinition<SlotTerm> = {
  fields: { name, initial: finite, update: part, shape: { optional: shape } },
  names: ({ name }) => [name],
  binds: ({ name }) => previousName(name),
  bindings: (term, { slotShape }) => {
    const { name, initial, update } = term
    const shape = shapeOf(term, slotShape)
    const bad = checkShape(shape)
    return bad === undefined
      ? E.right([
          { variables: { [previousName(name)]: { level: 'batch', shape } }, slot: { name, shape, initial, update } },
        ])
      : E.left([bad])
  },
  type: (term, { update }, { slotShape }) => {
    const shape = shapeOf(term, slotShape)
    if (update.level === 'batch' && fitsIn(update.shape, shape)) return E.right({ level: 'batch', shape })
    const hint = 'reduce it with E, or give the slot this shape'
    return E.left([{ ...problem(`a constant of shape ${showShape(shape)}`, describe(update), hint), part: 'update' }])
  },
  lower,
  formula: ({ name }, { notation }) => atom(notation.symbol(name)),
}

export const previousDefinition: TermDefinition<PreviousTerm> = {
  fields: { slot: name },
  reads: ({ slot }) => previousName(slot),
  type: ({ slot }, _, { variables }) => {
    const previous = variables[previousName(slot)]
    return previous === undefined
      ? wrong(`an enclosing update of slot '${slot}'`, 'none', 'use previous only inside the update of its own slot')
      : E.right(previous)
  },
  lower: ({ slot }, { variable }) => variable(previousName(slot)),
  formula: ({ slot }, { notation }) => atom(notation.symbol(slot)),
}
