import { rewrite } from '../dsl/rewrite.ts'
import type { GameSpec } from '../dsl/spec.ts'
import type { Term } from '../dsl/term.ts'

/** A game's players with every cost as it is at the last step: coefficients that change over the steps stand still there. */
export const atItsEnd = ({ players, steps }: Pick<GameSpec, 'players' | 'steps'>): GameSpec['players'] => {
  const last = Math.max(0, steps - 1)
  const still = (term: Term): Term => {
    if (term.op === 'step') return { op: 'number', value: last }
    return term.op === 'progress' ? { op: 'number', value: last / Math.max(1, steps) } : term
  }
  return Object.fromEntries(
    Object.entries(players).map(([name, player]) => [name, { ...player, objective: rewrite(player.objective, still) }]),
  )
}
