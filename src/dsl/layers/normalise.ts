import * as t from '#io-ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import type { Degeneracy, LayerContext, ParameterSpec } from './layer.ts'

/** What a norm may go without. */
export interface AffineOptions {
  /** Whether trained numbers scale and shift each channel in the end; true where absent. */
  readonly affine?: boolean
}

export const affineOptions = { affine: t.boolean }

/** Added to a variance, so that what is constant does not divide by 0. */
const epsilon = 1e-5

/** (x - mean) / sqrt(variance + epsilon) */
export const normalise = (b: Builder, x: NodeId, mean: NodeId, variance: NodeId): NodeId =>
  b.mul(b.sub(x, mean), b.rsqrt(b.add(variance, b.number(epsilon))))

/** To mean 0 and variance 1 over the axes, whose numbers are counted by n, not n - 1. */
export const normaliseOver = (b: Builder, x: NodeId, axes: readonly number[]): NodeId => {
  const kept = b.shape(x).map((n, axis) => (axes.includes(axis) ? 1 : n))
  const mean = b.reshape(b.mean(x, axes), kept)
  const variance = b.reshape(b.mean(b.square(b.sub(x, mean)), axes), kept)
  return normalise(b, x, mean, variance)
}

/**
 * What a norm loses where so few numbers are brought to mean 0 and variance 1 together: of one it makes 0, and of two -1 and 1,
 * whatever they are. Then hardly any gradient passes.
 */
export const degenerateNorm = (count: number, hint: string): Degeneracy | undefined => {
  if (count === 1)
    return {
      leaves: 'nothing',
      message: 'normalises each number by itself, so that it makes 0 of whatever it reads, and no gradient passes',
      hint,
    }
  return count === 2
    ? {
        leaves: 'something',
        message: 'normalises two numbers at a time, so that it makes -1 and 1 of them, and hardly any gradient passes',
        hint,
      }
    : undefined
}

/** All axes but the first and the last: where an image has its height and width. */
export const innerAxes = (shape: Shape): readonly number[] => shape.slice(1, -1).map((_, i) => i + 1)

/** A trained scale, at first 1, and shift, at first 0, for each channel. */
export const scaleAndShift = (
  channels: number,
  { affine = true }: AffineOptions = {},
): { readonly [name: string]: ParameterSpec } =>
  affine
    ? {
        scale: { shape: [channels], init: { type: 'constant', value: 1 }, fanIn: 1, fanOut: 1 },
        shift: { shape: [channels], init: { type: 'zeros' }, fanIn: 1, fanOut: 1 },
      }
    : {}

export const scaled = (
  { builder: b, parameter }: LayerContext,
  x: NodeId,
  { affine = true }: AffineOptions = {},
): NodeId => (affine ? b.add(b.mul(x, parameter('scale')), parameter('shift')) : x)
