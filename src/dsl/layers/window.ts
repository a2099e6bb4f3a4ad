import type { Window } from '../../ir/program.ts'
import { choice } from '../codecs/choice.ts'
import { count, natural } from '../codecs/numbers.ts'
import { oneOf } from '../codecs/oneOf.ts'
import type { Problem } from '../errors.ts'
import type { Padding } from '../shape.ts'
import { checkSize } from './rule.ts'
import { checkWeights, type WeightOptions, weightOptions } from './weights.ts'

/** Square windows over the height and width of an image. */
export interface WindowLayer extends WeightOptions {
  readonly filters: number
  /** Pixels along each side of a window. */
  readonly kernel: number
  /** Pixels from one window to the next; 1 where absent. */
  readonly stride?: number
  /** 'same' where absent. */
  readonly padding?: Padding
}

export const windowFields = { filters: count, kernel: count }
export const windowOptions = {
  stride: count,
  padding: choice("'same', 'valid' or a whole number of at least 0", oneOf('same', 'valid'), natural),
  ...weightOptions,
}

/** What a user writes: sizes are literal types, so that the shape's type can be computed from them. */
export interface WindowLayerOptions<F extends number, K extends number, S extends number, P extends Padding>
  extends WeightOptions {
  readonly filters: F
  readonly kernel: K
  readonly stride?: S
  readonly padding?: P
}

/** One axis of a convolution: windows of `kernel` pixels, `stride` apart, over n pixels and the zeros around them. */
export interface Axis {
  readonly kernel: number
  readonly stride: number
  readonly padding: Padding
}

export const axisOf = ({ kernel, stride = 1, padding = 'same' }: WindowLayer): Axis => ({ kernel, stride, padding })

/** Zeros before and after n pixels. Under 'same' the odd one of them comes after, as in TensorFlow. */
export const paddingOf = ({ kernel, stride, padding }: Axis, n: number): readonly [number, number] => {
  if (padding === 'valid') return [0, 0]
  if (padding !== 'same') return [padding, padding]
  const total = Math.max((Math.ceil(n / stride) - 1) * stride + kernel - n, 0)
  const before = Math.floor(total / 2)
  return [before, total - before]
}

/** How many windows n pixels have. */
export const windows = (axis: Axis, n: number): number => {
  const [before, after] = paddingOf(axis, n)
  return Math.floor((n + before + after - axis.kernel) / axis.stride) + 1
}

/** How many pixels the transposed convolution makes of n: the n windows that it takes them for cover them. */
export const unwindowed = ({ kernel, stride, padding }: Axis, n: number): number => {
  if (padding === 'same') return n * stride
  if (padding === 'valid') return n * stride + Math.max(kernel - stride, 0)
  return (n - 1) * stride + kernel - 2 * padding
}

/** The convolution, in a program's terms, over h x w pixels. */
export const windowOf = (axis: Axis, h: number, w: number): Window => ({
  strides: [axis.stride, axis.stride],
  padding: [paddingOf(axis, h), paddingOf(axis, w)],
})

const checkPadding = (padding: Padding): Problem | undefined =>
  typeof padding === 'string' || (Number.isSafeInteger(padding) && padding >= 0)
    ? undefined
    : {
        expected: "padding to be 'same', 'valid' or a whole number of at least 0",
        found: `${padding}`,
        hint: 'A number says how many zeros stand on each side.',
      }

/** What may be wrong with a layer's own numbers. */
export const checkWindow = (layer: WindowLayer): Problem | undefined => {
  const { kernel, stride, padding } = axisOf(layer)
  return (
    checkSize('filters', layer.filters) ??
    checkSize('kernel', kernel) ??
    checkSize('stride', stride) ??
    checkPadding(padding) ??
    checkWeights(layer)
  )
}
