import * as t from '#io-ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import type { Degeneracy, LayerContext, ParameterSpec } from './layer.ts'

/** The options of a norm. */
export interface AffineOptions {
  /** Whether to apply a trained scale and shift per channel; true by default. */
  readonly affine?: boolean
}

export const affineOptions = { affine: t.boolean }

/** Added to a variance, to avoid a division by 0 for constant inputs. */
const epsilon = 1e-5

/** (x - mean) / sqrt(variance + epsilon) */
export const normalise = (b: Builder, x: NodeId, mean: NodeId, variance: NodeId): NodeId =>
  b.mul(b.sub(x, mean), b.rsqrt(b.add(variance, b.number(epsilon))))

/** Normalises to mean 0 and variance 1 over the axes. The variance divides by n, not n - 1. */
export const normaliseOver = (b: Builder, x: NodeId, axes: readonly number[]): NodeId => {
  const kept = b.shape(x).map((n, axis) => (axes.includes(axis) ? 1 : n))
  const mean = b.reshape(b.mean(x, axes), kept)
  const variance = b.reshape(b.mean(b.square(b.sub(x, mean)), axes), kept)
  return normalise(b, x, mean, variance)
}

/**
 * What a norm loses if it normalises very few numbers: one number becomes 0, and two become -1 and 1, whatever they are. Almost no
 * gradient passes.
 */
export const degenerateNorm = (count: number, hint: string): Degeneracy | undefined => {
  if (count === 1)
    return {
      leaves: 'nothing',
      message: 'normalises each number by itself, so its result is always 0, and no gradient passes',
      hint,
    }
  return count === 2
    ? {
        leaves: 'something',
        message: 'normalises two numbers at a time, so its results are always -1 and 1, and almost no gradient passes',
        hint,
      }
    : undefined
}

/** All axes except the first and the last: height and width for images. */
export const innerAxes = (shape: Shape): readonly number[] => shape.slice(1, -1).map((_, i) => i + 1)

/** A trained scale, initially 1, and shift, initially 0, per channel. */
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
