import * as t from '#io-ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import type { Initializer } from '../initializer.ts'
import { initializerCodec } from '../initializers.ts'
import type { LayerContext, ParameterSpec } from './layer.ts'

/** What layers of weights have in common. */
export interface WeightOptions {
  /** Whether a trained number, at first 0, is added to each unit or channel; true where absent. */
  readonly bias?: boolean
  /** How the weights start; Glorot's initialiser where absent. */
  readonly init?: Initializer
}

export const weightOptions = { bias: t.boolean, init: initializerCodec }

/** A layer's `kernel` and, unless it goes without, its `bias`. Biases start at 0. */
export const weights = (
  { bias = true, init = { type: 'glorot' } }: WeightOptions,
  kernel: { readonly shape: Shape; readonly fanIn: number; readonly fanOut: number },
  channels: number,
): { readonly [name: string]: ParameterSpec } => ({
  kernel: { ...kernel, init },
  ...(bias ? { bias: { ...kernel, shape: [channels], init: { type: 'zeros' } } } : {}),
})

export const addBias = ({ bias = true }: WeightOptions, { builder, parameter }: LayerContext, y: NodeId): NodeId =>
  bias ? builder.add(y, parameter('bias')) : y
