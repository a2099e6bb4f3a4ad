import type { Either } from '#fp-ts/Either'
import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import type { Term } from '../terms/term.ts'
import type { Bounds } from '../types/bounds.ts'

/** A trained tensor of a layer, with the fan in and fan out for its initialiser. */
export interface ParameterSpec {
  readonly shape: Shape
  readonly init: Initializer
  readonly fanIn: number
  readonly fanOut: number
}

/** A tensor that a layer stores between updates without training it. */
export interface LayerSlot {
  readonly shape: Shape
  /** The initial value: one number everywhere, or standard normal numbers. */
  readonly initial: number | 'normal'
}

/** The interface with which a layer writes its operations. All inputs and the result have shape `[batch, ...shape]`. */
export interface LayerContext {
  readonly builder: Builder
  /** The number of samples in this application; 1 if it depends on no input. */
  readonly batch: number
  /** Whether the layer is in training mode: batch statistics and dropout, instead of running statistics and no dropout. */
  readonly training: boolean
  /** The value of the network's input with this name. */
  readonly input: (name: string) => NodeId
  readonly parameter: (name: string) => NodeId
  /** The slot's value before this update. */
  readonly slot: (name: string) => NodeId
  /** Proposes the slot's new value. If several applications do, their mean is written. */
  readonly feed: (name: string, value: NodeId) => void
  /** Uniform random numbers for this application, `[batch, ...shape]`. */
  readonly uniform: (shape: Shape) => NodeId
  /** Standard normal numbers for this application, `[batch, ...shape]`. A layer may draw once, and only one kind of numbers. */
  readonly normal: (shape: Shape) => NodeId
  /** An expression of the one variable `t`. */
  readonly expression: (term: Term, t: NodeId) => NodeId
}

/** How many nodes a layer reads. */
export type Arity = 0 | 1 | 2

/** One value per node that the layer reads, such as its shape, its bounds or its value. */
export type Inputs<A extends Arity, T> = A extends 0 ? readonly [] : A extends 1 ? readonly [T] : readonly [T, T]

/** A list as the tuple of a layer's inputs. A list of another length is a broken invariant. */
export const inputsOf = <T>(arity: Arity, list: readonly T[]): Inputs<Arity, T> => {
  if (list.length !== arity) throw new Error(`broken invariant: ${list.length} inputs of a layer that reads ${arity}`)
  const [first, second] = list
  if (first === undefined) return []
  return second === undefined ? [first] : [first, second]
}

/** How a game applies a layer: the batch size, the shapes, and whether it trains. */
export interface LayerUse<A extends Arity = Arity> {
  readonly inputs: Inputs<A, Shape>
  readonly batch: number
  readonly training: boolean
}

/** What a layer loses because of its shapes and batch size, whatever the numbers are. */
export interface Degeneracy {
  /** 'nothing' passes: the result does not depend on the input. 'something' passes: it depends on a part of the input. */
  readonly leaves: 'nothing' | 'something'
  /** What happens, after the layer's name and without a full stop. */
  readonly message: string
  /** What to write instead, as a sentence. */
  readonly hint: string
}

/**
 * The definition of one kind of layer. Shapes are those of one sample. The number of inputs is the arity. Parameters, slots and the
 * lowering are used only after the shape rule has succeeded.
 */
export interface LayerDefinition<L, A extends Arity = Arity> {
  readonly codec: () => t.Type<L, unknown>
  /** How many nodes it reads. */
  readonly arity: A
  /** Whether a sample's result depends on the other samples of its batch. */
  readonly mixesSamples: false | 'in training' | 'always'
  /** Whether it has kernels to which a weight rule applies: all layers whose data have `weights`. */
  readonly weighted?: true
  /** Whether it draws numbers per sample. Its result then varies by sample even without an input. */
  readonly draws?: true
  readonly shape: (layer: L, inputs: Inputs<A, Shape>) => Either<Problem, Shape>
  readonly parameters: (layer: L, inputs: Inputs<A, Shape>) => { readonly [name: string]: ParameterSpec }
  /** The bounds of its result, from those of its inputs; absent if the result is unbounded. */
  readonly bounds?: (layer: L, inputs: Inputs<A, Bounds>) => Bounds
  /** When the layer loses information about its input; absent if it never does. */
  readonly degenerate?: (layer: L, use: LayerUse<A>) => Degeneracy | undefined
  readonly slots: (layer: L, inputs: Inputs<A, Shape>) => { readonly [name: string]: LayerSlot }
  readonly lower: (layer: L, context: LayerContext, inputs: Inputs<A, NodeId>) => NodeId
}
