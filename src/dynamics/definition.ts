import type * as t from '#io-ts'
import type { Players } from '../dsl/objectives/playerSpec.ts'
import type { SpecError } from '../errors/specError.ts'
import type { DynamicsSpec } from './dynamics.ts'
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

/** What dynamics do in a game. */
export interface DynamicsRules {
  /** What is wrong with them in a game of these players; `path` is where they stand. */
  readonly check: (players: Players, path: readonly string[]) => readonly SpecError[]
  /** How often a player updates in one step. */
  readonly updates: (player: string) => number
  readonly memory: (owned: Owned) => readonly DynamicsSlot[]
  /** One step of play: the state at its end. */
  readonly play: (moves: Moves) => Point
  /** As a person reads it. */
  readonly text: string
}

/** All that is known of one kind of dynamics. Those around others are given the rules of these by `rulesOf`. */
export interface DynamicsDefinition<D> {
  readonly codec: (dynamics: t.Type<DynamicsSpec, unknown>) => t.Type<D, unknown>
  readonly rules: (dynamics: D, rulesOf: (within: DynamicsSpec) => DynamicsRules) => DynamicsRules
}

/** What dynamics have in common in which every player updates once in a step, and nothing is remembered. */
export const onceEach = {
  check: (): readonly SpecError[] => [],
  updates: (): number => 1,
  memory: (): readonly DynamicsSlot[] => [],
}
