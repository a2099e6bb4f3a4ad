import type { TermDefinition } from './definition.ts'

/** The number of the step, from 0. */
export interface StepTerm {
  readonly op: 'step'
}

/** The part of the game that is done before this step: the step over the game's number of steps, 0 at first. */
export interface ProgressTerm {
  readonly op: 'progress'
}

export const stepDefinition: TermDefinition<StepTerm> = { fields: {} }

export const progressDefinition: TermDefinition<ProgressTerm> = { fields: {} }
