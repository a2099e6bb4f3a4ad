import type { Term } from '../terms/term.ts'

/** A player: the objective that it minimises or maximises, and the networks that it owns. */
export interface PlayerSpec {
  readonly goal: 'minimise' | 'maximise'
  readonly objective: Term
  readonly over: readonly string[]
}

/** The players of a game, by name. */
export type Players = { readonly [name: string]: PlayerSpec }
