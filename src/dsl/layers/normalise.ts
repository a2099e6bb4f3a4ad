import type { Builder } from '../../ir/builder.ts'
import type { NodeId } from '../../ir/program.ts'
import type { LayerContext, ParameterSpec } from './layer.ts'

/** Added to a variance, so that what is constant does not divide by 0. */
const epsilon = 1e-5

/** (x - mean) / sqrt(variance + epsilon) */
export const normalise = (b: Builder, x: NodeId, mean: NodeId, variance: NodeId): NodeId =>
  b.mul(b.sub(x, mean), b.rsqrt(b.add(variance, b.number(epsilon))))

/** A trained scale, at first 1, and shift, at first 0, for each channel. */
export const scaleAndShift = (channels: number): { readonly [name: string]: ParameterSpec } => ({
  scale: { shape: [channels], init: { type: 'constant', value: 1 }, fanIn: 1, fanOut: 1 },
  shift: { shape: [channels], init: { type: 'zeros' }, fanIn: 1, fanOut: 1 },
})

export const scaled = ({ builder: b, parameter }: LayerContext, x: NodeId): NodeId =>
  b.add(b.mul(x, parameter('scale')), parameter('shift'))
