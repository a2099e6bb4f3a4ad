import { rewrite } from '../dsl/terms/rewrite.ts'
import type { GameSpec } from '../spec/spec.ts'

/** A game's players with every cost as it is on average over the steps: what is done at some of them alone, always in part. */
export const onAverage = ({ players }: GameSpec): GameSpec['players'] =>
  Object.fromEntries(
    Object.entries(players).map(([name, player]) => [
      name,
      { ...player, objective: rewrite(player.objective, (term) => (term.op === 'every' ? term.of : term)) },
    ]),
  )
