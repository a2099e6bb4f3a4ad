import type { Builder } from '../../ir/builder.ts'
import type { DrawOrigin, NodeId, Shape } from '../../ir/program.ts'
import type { Drawn } from '../names/drawName.ts'
import type { ApplyTerm } from './apply.ts'
import type { Term } from './term.ts'
import type { Value } from './value.ts'

/** What a term is given to write its operations with. */
export interface LowerContext {
  readonly builder: Builder
  readonly batch: number
  /** The game's number of steps. */
  readonly steps: number
  /** The value of a part. One that occurs twice is written once. */
  readonly lower: (part: Term) => Value
  /** The value of a part within which names are bound. */
  readonly lowerWith: (part: Term, variables: { readonly [name: string]: Value }) => Value
  /** The value that a name is bound to. */
  readonly variable: (name: string) => Value
  /** The shape of a source's field. */
  readonly fields: (source: string, field: string) => Shape
  readonly draw: (of: Drawn, shape: Shape, shared: boolean, origin: (stream: string) => DrawOrigin) => NodeId
  readonly given: (name: string, shape: Shape) => NodeId
  /** The value of a slot before this update. The shape of one that says none is `slotShape`. */
  readonly slot: (name: string, shape: Shape) => NodeId
  readonly slotShape: Shape
  /** Says what a slot becomes. */
  readonly write: (slot: string, value: NodeId) => void
  /** A network's output. */
  readonly apply: (term: ApplyTerm) => Value
  /** A number of each of a network's matrices of weights. */
  readonly perKernel: (network: string, cost: (kernel: Value) => NodeId) => readonly NodeId[]
  /** The gradient of the batch's sum of a term by each sample of another. */
  readonly slope: (of: Term, by: Term) => Value
  /** In an optimizer: the sum of a number over all parameters that it moves. */
  readonly overParameters: (of: Term) => NodeId
  /** Whether what is done at every `period`th step alone is done in this program. */
  readonly due: (period: number) => boolean
  /** Whether a number is known at every step before the first one. */
  readonly dependsOnStepAlone: (of: Term) => boolean
}
