import type * as t from '#io-ts'
import type { Players } from '../dsl/objectives/playerSpec.ts'
import type { SpecError } from '../errors/specError.ts'
import type { DynamicsSpec } from './dynamics.ts'
import type { Moves, Point } from './moves.ts'

/** What dynamics store for a parameter: the value that it was last pulled back to, or a player's last gradient by it. */
export type DynamicsMemory =
  | { readonly type: 'slow'; readonly parameter: string }
  | { readonly type: 'past'; readonly player: string; readonly parameter: string }

/** A tensor that dynamics store for a parameter. It starts as zeros, or as the parameter's initial value. */
export interface DynamicsSlot {
  readonly memory: DynamicsMemory
  readonly start: 'zeros' | 'copy'
}

/** Each player's parameters, by their names in the game. */
export type Owned = { readonly [player: string]: readonly string[] }

/** The rules that dynamics follow in a game. */
export interface DynamicsRules {
  /** The errors of these dynamics in a game of these players. `path` is their place in the spec. */
  readonly check: (players: Players, path: readonly string[]) => readonly SpecError[]
  /** How often a player updates in one step. */
  readonly updates: (player: string) => number
  readonly memory: (owned: Owned) => readonly DynamicsSlot[]
  /** One step of play: the state at its end. */
  readonly play: (moves: Moves) => Point
  /** A description for people. */
  readonly text: string
}

/** The definition of one kind of dynamics. Dynamics that wrap others get the rules of those from `rulesOf`. */
export interface DynamicsDefinition<D> {
  readonly codec: (dynamics: t.Type<DynamicsSpec, unknown>) => t.Type<D, unknown>
  readonly rules: (dynamics: D, rulesOf: (within: DynamicsSpec) => DynamicsRules) => DynamicsRules
}

/** Shared rules of dynamics in which every player updates once per step and nothing is stored. */
export const onceEach = {
  check: (): readonly SpecError[] => [],
  updates: (): number => 1,
  memory: (): readonly DynamicsSlot[] => [],
}
