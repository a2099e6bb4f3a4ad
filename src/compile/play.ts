import { rulesOf } from '../dynamics/dynamics.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import { averaged } from './averages.ts'
import type { Elaborated } from './elaborate.ts'
import { movesOf } from './moves.ts'
import type { Scope } from './scope.ts'

export interface Played {
  readonly writes: { readonly [name: string]: NodeId }
  /** What each player minimises, as it was at its last update of the step. */
  readonly costs: { readonly [player: string]: NodeId }
}

/** Writes one step of the game into a builder. */
export const play = (builder: Builder, elaborated: Elaborated, due: Scope['due']): Played => {
  const { dynamics } = elaborated.game
  const costs = new Map<string, NodeId>()
  const moves = movesOf(builder, elaborated, { due }, (player, cost) => costs.set(player, cost))
  const end = rulesOf(dynamics).play(moves)
  return { writes: Object.fromEntries([...end, ...averaged(moves, elaborated, end)]), costs: Object.fromEntries(costs) }
}
