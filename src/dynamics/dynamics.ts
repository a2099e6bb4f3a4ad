/**
 * A point of the game: the value of every parameter and slot, as a backend-independent handle that only `Moves` can read.
 * Dynamics are written over points; a change is what an update would write, and takes effect where it is applied.
 */
export interface Moves<Point, Change> {
  readonly players: readonly string[]
  /** The state at the start of the step. */
  readonly start: Point
  /** What a player's `index`th update of this step makes of its own parameters and slots, with every gradient taken at `point`. */
  readonly update: (player: string, index: number, point: Point) => Change
  readonly apply: (point: Point, change: Change) => Point
}

/** A game dynamic: one step of play. */
export interface DynamicsDefinition<D> {
  /** How often a player updates in one step. */
  readonly updates: (dynamics: D, player: string) => number
  readonly play: <Point, Change>(dynamics: D, moves: Moves<Point, Change>) => Point
}
