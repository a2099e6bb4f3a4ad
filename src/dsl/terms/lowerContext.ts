import type { Builder } from '../../ir/builder.ts'
import type { DrawOrigin, NodeId, Shape } from '../../ir/program.ts'
import type { Drawn } from '../names/drawName.ts'
import type { ApplyTerm } from './apply.ts'
import type { Term } from './term.ts'
import type { Value } from './value.ts'

/** The interface with which a term is lowered to operations. */
export interface LowerContext {
  readonly builder: Builder
  readonly batch: number
  /** The game's number of steps. */
  readonly steps: number
  /** The value of a subterm. A repeated one is lowered once. */
  readonly lower: (part: Term) => Value
  /** The value of a subterm with bound names. */
  readonly lowerWith: (part: Term, variables: { readonly [name: string]: Value }) => Value
  /** The value of a bound name. */
  readonly variable: (name: string) => Value
  /** The shape of a source's field. */
  readonly fields: (source: string, field: string) => Shape
  readonly draw: (of: Drawn, shape: Shape, shared: boolean, origin: (stream: string) => DrawOrigin) => NodeId
  readonly given: (name: string, shape: Shape) => NodeId
  /** The value of a slot before this update. A slot without a shape has `slotShape`. */
  readonly slot: (name: string, shape: Shape) => NodeId
  readonly slotShape: Shape
  /** Sets the new value of a slot. */
  readonly write: (slot: string, value: NodeId) => void
  /** A network's output. */
  readonly apply: (term: ApplyTerm) => Value
  /** A number for each weight matrix of a network. */
  readonly perKernel: (network: string, cost: (kernel: Value) => NodeId) => readonly NodeId[]
  /** The gradient of a term's sum over the batch, by each sample of another term. */
  readonly slope: (of: Term, by: Term) => Value
  /** In an optimizer: the sum of a number over all its parameters. */
  readonly overParameters: (of: Term) => NodeId
  /** Whether this program includes what is done only at every `period`th step. */
  readonly due: (period: number) => boolean
  /** Whether a number's value at every step is known in advance. */
  readonly dependsOnStepAlone: (of: Term) => boolean
}
