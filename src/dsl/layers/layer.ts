import type { Either } from '#fp-ts/Either'
import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import type { Term } from '../terms/term.ts'
import type { Bounds } from '../types/bounds.ts'

/** A trained tensor of a layer, with the fans that its initialiser scales by. */
export interface ParameterSpec {
  readonly shape: Shape
  readonly init: Initializer
  readonly fanIn: number
  readonly fanOut: number
}

/** A tensor that a layer remembers between updates without training it. */
export interface LayerSlot {
  readonly shape: Shape
  /** One number everywhere, or standard normal numbers. */
  readonly initial: number | 'normal'
}

/** What a layer is given to write its operations with. Every input and the result are `[batch, ...shape]`. */
export interface LayerContext {
  readonly builder: Builder
  /** Samples in this application: 1 for what depends on no input. */
  readonly batch: number
  /** Whether the layer trains: batch statistics and dropout's mask, or running statistics and none. */
  readonly training: boolean
  /** The value that this application of the network has for its input of that name. */
  readonly input: (name: string) => NodeId
  readonly parameter: (name: string) => NodeId
  /** The slot's value before this update. */
  readonly slot: (name: string) => NodeId
  /** Says what this application would have the slot become; where several do, the mean of them is written. */
  readonly feed: (name: string, value: NodeId) => void
  /** Uniform numbers of this application, `[batch, ...shape]`. */
  readonly uniform: (shape: Shape) => NodeId
  /** Standard normal numbers of this application, `[batch, ...shape]`. A layer draws one kind of numbers, once. */
  readonly normal: (shape: Shape) => NodeId
  /** An expression of the one variable `t`. */
  readonly expression: (term: Term, t: NodeId) => NodeId
}

/** How many nodes a layer reads. */
export type Arity = 0 | 1 | 2

/** As many things as a layer reads nodes: of each node its shape, its bounds, its value. */
export type Inputs<A extends Arity, T> = A extends 0 ? readonly [] : A extends 1 ? readonly [T] : readonly [T, T]

/** A list as the inputs of a layer of that arity; a list of another length is a broken invariant. */
export const inputsOf = <T>(arity: Arity, list: readonly T[]): Inputs<Arity, T> => {
  if (list.length !== arity) throw new Error(`broken invariant: ${list.length} inputs of a layer that reads ${arity}`)
  const [first, second] = list
  if (first === undefined) return []
  return second === undefined ? [first] : [first, second]
}

/** How a game applies a layer: on how many samples of which shapes, and whether it trains. */
export interface LayerUse<A extends Arity = Arity> {
  readonly inputs: Inputs<A, Shape>
  readonly batch: number
  readonly training: boolean
}

/** What a layer loses by construction: shapes and batch alone decide it, whatever the numbers are. */
export interface Degeneracy {
  /** 'nothing': the result is the same whatever the layer reads. 'something': a part of what it reads still counts. */
  readonly leaves: 'nothing' | 'something'
  /** What happens, after the layer's name and without a full stop. */
  readonly message: string
  /** What to write instead, as a sentence. */
  readonly hint: string
}

/**
 * All that is known of one kind of layer. Shapes are those of one sample; there are as many inputs as the arity says, and
 * parameters, slots and the lowering are asked for only where the shape rule found nothing wrong.
 */
export interface LayerDefinition<L, A extends Arity = Arity> {
  readonly codec: () => t.Type<L, unknown>
  /** How many nodes it reads. */
  readonly arity: A
  /** Whether a sample's result depends on the other samples of its batch. */
  readonly mixesSamples: false | 'in training' | 'always'
  /** Whether it has kernels that a rule for weights may be put around: all layers whose data has `weights`. */
  readonly weighted?: true
  /** Whether it draws numbers for each sample, so that what is behind it varies by sample though no input reach it. */
  readonly draws?: true
  readonly shape: (layer: L, inputs: Inputs<A, Shape>) => Either<Problem, Shape>
  readonly parameters: (layer: L, inputs: Inputs<A, Shape>) => { readonly [name: string]: ParameterSpec }
  /** Between which numbers its result lies, where those that it reads lie between such; absent where it can be any. */
  readonly bounds?: (layer: L, inputs: Inputs<A, Bounds>) => Bounds
  /** Where the layer loses what it reads; absent where it never does. */
  readonly degenerate?: (layer: L, use: LayerUse<A>) => Degeneracy | undefined
  readonly slots: (layer: L, inputs: Inputs<A, Shape>) => { readonly [name: string]: LayerSlot }
  readonly lower: (layer: L, context: LayerContext, inputs: Inputs<A, NodeId>) => NodeId
}
