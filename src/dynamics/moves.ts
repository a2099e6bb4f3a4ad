import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import type { DynamicsMemory } from './definition.ts'
import type { Periodic } from './periodic.ts'

/** The values of the state tensors, by name, that have changed since the start of the step: parameters and memory. */
export type Point = ReadonlyMap<string, NodeId>

/** One tensor per parameter, by name: a gradient, or a direction. */
export type Vector = ReadonlyMap<string, NodeId>

/** New values of some state tensors, and the point from which they moved. */
export interface Change {
  readonly from: Point
  readonly values: Point
}

/** A player's cost at a point, and the new values of its objective's slots. */
export interface CostAtPoint {
  readonly cost: NodeId
  readonly memory: Point
}

/**
 * The interface for writing dynamics: the players' costs as differentiable functions of all state, and their optimizers' steps,
 * which are differentiable too.
 */
export interface Moves {
  readonly builder: Builder
  readonly players: readonly string[]
  /** The names of the parameters that a player owns. */
  readonly owned: (player: string) => readonly string[]
  /** The name of the state tensor for something that these dynamics store. */
  readonly memory: (memory: DynamicsMemory) => string
  /** The state at the start of the step. */
  readonly start: Point
  /** The value of a state tensor at a point. */
  readonly read: (point: Point, name: string) => NodeId
  /**
   * The same point with its parameters as independent variables, at which gradients can be taken. Nothing else
   * can be differentiated. Otherwise a gradient would also pass through the computation that led to the point.
   */
  readonly asVariables: (point: Point) => Point
  /** What a player minimises at a point. In one step, a player's draws of the same name are equal. */
  readonly costAt: (player: string, draw: string, point: Point) => CostAtPoint
  /** A step of the player's optimizer, as its `index`th update in this step, by a gradient of its cost. */
  readonly step: (player: string, index: number, gradient: Vector, from: Point) => Change
  readonly apply: (point: Point, change: Change) => Point
  /** Whether this program does something that is done only at some steps. */
  readonly due: (periodic: Periodic) => boolean
  /** Reports the cost and the gradient of a player's `index`th update in this step. Steps that are only tried are not reported. */
  readonly report: (player: string, cost: NodeId, gradient: Vector, index: number) => void
}
