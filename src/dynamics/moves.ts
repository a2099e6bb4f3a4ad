import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import type { DynamicsMemory } from './definition.ts'
import type { Periodic } from './periodic.ts'

/** Values of state tensors, by name, that are no longer those at the start of the step: parameters and memory. */
export type Point = ReadonlyMap<string, NodeId>

/** A tensor for each of some parameters, by name: a gradient, or a direction to move in. */
export type Vector = ReadonlyMap<string, NodeId>

/** What some state tensors become, and the point that they move from. */
export interface Change {
  readonly from: Point
  readonly values: Point
}

/** What a player minimises at a point, and what its objective remembers of having been asked. */
export interface CostAtPoint {
  readonly cost: NodeId
  readonly memory: Point
}

/**
 * What dynamics are written over: the costs of the players as functions of all state, differentiable like anything that the
 * builder makes, and the steps of their optimizers, differentiable too.
 */
export interface Moves {
  readonly builder: Builder
  readonly players: readonly string[]
  /** The names of the parameters that a player owns. */
  readonly owned: (player: string) => readonly string[]
  /** The name in the game of what these dynamics remember. */
  readonly memory: (memory: DynamicsMemory) => string
  /** The state at the start of the step. */
  readonly start: Point
  /** The value of a state tensor at a point. */
  readonly read: (point: Point, name: string) => NodeId
  /**
   * The same point as a place to differentiate at: each parameter is a variable, which depends on nothing, and nothing else
   * can be differentiated. Without that, a gradient would pass through how others have come there.
   */
  readonly asVariables: (point: Point) => Point
  /** What a player minimises at a point. Draws of one name, by a player in a step, are the same. */
  readonly costAt: (player: string, draw: string, point: Point) => CostAtPoint
  /** The step of a player's optimizer, as its `index`th update of this step, by a gradient of what it minimises. */
  readonly step: (player: string, index: number, gradient: Vector, from: Point) => Change
  readonly apply: (point: Point, change: Change) => Point
  /** Whether what is done only at some steps is done in this program. */
  readonly due: (periodic: Periodic) => boolean
  /** Tells what a player's `index`th update of this step minimises, and by which gradient. Steps that are only tried are no updates. */
  readonly report: (player: string, cost: NodeId, gradient: Vector, index: number) => void
}
