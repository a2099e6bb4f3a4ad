import type { TermDefinition } from './definition.ts'
import { atom } from './notation.ts'
import { oneNumber } from './typing.ts'

/** The number of the step, from 0. */
export interface StepTerm {
  readonly op: 'step'
}

/** The completed share of the game: step / steps, from 0. */
export interface ProgressTerm {
  readonly op: 'progress'
}

export const stepDefinition: TermDefinition<StepTerm> = {
  fields: {},
  type: () => oneNumber,
  lower: (_, { builder: b }) => ({ level: 'batch', shape: [], node: b.step() }),
  formula: (_, { notation }) => atom(notation.symbol('step')),
}

export const progressDefinition: TermDefinition<ProgressTerm> = {
  fields: {},
  type: () => oneNumber,
  lower: (_, { builder: b, steps }) => ({
    level: 'batch',
    shape: [],
    node: b.div(b.step(), b.number(Math.max(1, steps))),
  }),
  formula: (_, { notation }) => atom(notation.symbol('progress')),
}
