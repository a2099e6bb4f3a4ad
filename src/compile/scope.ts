import type { Drawn } from '../dsl/names/drawName.ts'
import type { StateName, TensorName } from '../dsl/names/stateName.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { TermId } from '../dsl/terms/termParts.ts'
import type { Value } from '../dsl/terms/value.ts'
import type { Periodic } from '../dynamics/periodic.ts'
import type { Builder } from '../ir/builder.ts'
import type { Origin } from '../ir/origin.ts'
import type { DrawOrigin, NodeId, Shape } from '../ir/program.ts'
import type { Application, BatchedApplications } from './batchedApplications.ts'
import type { CheckedNetwork } from './network.ts'

/** Where a term is lowered: the builder, and what the names in the term stand for. */
export interface Scope {
  readonly builder: Builder
  readonly batch: number
  /** The game's number of steps. */
  readonly steps: number
  readonly networks: { readonly [name: string]: CheckedNetwork }
  /** The shapes of the sources' fields. */
  readonly fields: (source: string, field: string) => Shape
  readonly training: (network: string) => boolean
  /** The value of a parameter or slot at the point where the term is evaluated. */
  readonly state: (name: StateName, shape: Shape) => NodeId
  readonly draw: (of: Drawn, shape: Shape, shared: boolean, origin: (stream: string) => DrawOrigin) => NodeId
  readonly given: (name: string, shape: Shape) => NodeId
  /** What a layer would have its slot become. */
  readonly feed: (slot: TensorName, value: NodeId) => void
  /** What a slot of the term becomes. */
  readonly write: (slot: StateName, value: NodeId) => void
  /** The name in the game of a slot of the term, and the shape of one that says none. */
  readonly slotName: (slot: string) => StateName
  readonly slotShape: Shape
  readonly variables: { readonly [name: string]: Value }
  /** The name of an application of a network: those of one name have the same dropout masks. */
  readonly application: (term: Application) => string
  readonly batchedApplications: BatchedApplications
  /** In an optimizer: the sum of a number over all parameters that it moves. */
  readonly overParameters: (of: Term) => NodeId
  /** Whether what is done only at some steps is done in this program. */
  readonly due: (periodic: Periodic) => boolean
  readonly identify: (term: Term) => TermId
  readonly freeNames: (term: Term) => ReadonlySet<string>
  /** Terms that stand for nodes of their own while a gradient is taken by them. */
  readonly bound: ReadonlyMap<TermId, Value>
  /** What a node made for a term says that it comes from. */
  readonly origin: (term: Term) => Origin
}
