import type { Place } from './place.ts'

/** Where NaN or infinity first appears in a step. */
export interface NotFinite {
  readonly type: 'NotFinite'
  readonly place: Extract<Place, { readonly type: 'step' }>
  readonly message: string
  readonly hint: string
  readonly step: number
  /** The player whose update contains it; empty if none does. */
  readonly player: string
  /** The expression in whose computation it appeared. */
  readonly expression: string
  readonly value: number
}

export const notFinite = (step: number, player: string, expression: string, value: number): NotFinite => ({
  type: 'NotFinite',
  place: { type: 'step', step, ...(player !== '' && { player }) },
  message: `${expression} became ${value}`,
  hint: 'Lower a learning rate, or bound the expression.',
  step,
  player,
  expression,
  value,
})
