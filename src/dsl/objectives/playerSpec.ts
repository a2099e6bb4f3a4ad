import type { Term } from '../terms/term.ts'

/** Who plays: what it minimises or maximises, over the parameters of the networks that it owns. */
export interface PlayerSpec {
  readonly goal: 'minimise' | 'maximise'
  readonly objective: Term
  readonly over: readonly string[]
}

/** The players of a game, by name. */
export type Players = { readonly [name: string]: PlayerSpec }
