import type { Players } from '../dsl/objectives/playerSpec.ts'
import type { SpecError } from '../errors/specError.ts'
import type { Moves, Point } from './moves.ts'

/** What dynamics remember of a parameter: where it was last pulled back to, or a player's last gradient by it. */
export type DynamicsMemory =
  | { readonly type: 'slow'; readonly parameter: string }
  | { readonly type: 'past'; readonly player: string; readonly parameter: string }

/** A tensor that dynamics remember for a parameter: zeros at first, or what the parameter is then. */
export interface DynamicsSlot {
  readonly memory: DynamicsMemory
  readonly start: 'zeros' | 'copy'
}

/** Each player's parameters, by their names in the game. */
export type Owned = { readonly [player: string]: readonly string[] }

/** All that is known of one kind of dynamics. */
export interface DynamicsDefinition<D> {
  /** What is wrong with them in a game; `path` is where they stand. */
  readonly check: (dynamics: D, players: Players, path: readonly string[]) => readonly SpecError[]
  /** How often a player updates in one step. */
  readonly updates: (dynamics: D, player: string) => number
  readonly memory: (dynamics: D, owned: Owned) => readonly DynamicsSlot[]
  /** One step of play: the state at its end. */
  readonly play: (dynamics: D, moves: Moves) => Point
  /** As a person reads it. */
  readonly text: (dynamics: D) => string
}

/** What dynamics have in common in which every player updates once in a step, and nothing is remembered. */
export const onceEach = {
  check: (): readonly SpecError[] => [],
  updates: (): number => 1,
  memory: (): readonly DynamicsSlot[] => [],
}
