import type { Shape } from '../../ir/program.ts'

/** The used part of ONNX, as data. Names are unique in a graph and its subgraphs. */

export type ElementType = 'float' | 'int32' | 'int64' | 'bool'

/** A tensor stored in the model, row-major. */
export type Initializer = { readonly name: string; readonly shape: Shape } & (
  | { readonly type: 'float'; readonly values: Float32Array }
  | { readonly type: 'int32'; readonly values: Int32Array }
  | { readonly type: 'int64'; readonly values: BigInt64Array }
)

export type Attribute =
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'graph'; readonly value: Graph }
export type Attributes = { readonly [name: string]: Attribute }

export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Attributes
}

/** An input or output of a graph. A size that is a string is known only at run time. */
export interface Port {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

export interface Graph {
  readonly name: string
  readonly nodes: readonly GraphNode[]
  readonly initializers: readonly Initializer[]
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
}

export const int = (value: number): Attribute => ({ type: 'int', value })
export const float = (value: number): Attribute => ({ type: 'float', value })
export const ints = (value: readonly number[]): Attribute => ({ type: 'ints', value })
export const text = (value: string): Attribute => ({ type: 'string', value })
