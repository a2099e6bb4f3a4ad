import { choice } from '../../codecs/choice.ts'
import { count, natural } from '../../codecs/numbers.ts'
import { oneOf } from '../../codecs/oneOf.ts'
import type { Problem } from '../../errors/specError.ts'
import type { Shape, Window } from '../../ir/program.ts'
import type { Padding } from '../types/shape.ts'
import type { Degeneracy } from './layer.ts'
import { checkSize } from './rule.ts'
import { checkWeights, type WeightOptions, weightOptionFields, weightOptions } from './weights.ts'

/** Options of windows over an image or a sequence. */
export interface Windows extends WeightOptions {
  /** The number of pixels along each side of a window. */
  readonly kernel: number
  /** The number of pixels from one window to the next; 1 by default. */
  readonly stride?: number
  /** 'same' by default. */
  readonly padding?: Padding
}
export interface WindowLayer extends Windows {
  readonly filters: number
}
/** Windows with dilation. */
export interface Dilation<D extends number = number> {
  /** The distance between neighbouring pixels of a window; 1 by default. */
  readonly dilation?: D
}

/** The options, for the constructors' checks. */
export const windowOptionFields = {
  kernel: 'required',
  stride: 'optional',
  padding: 'optional',
  ...weightOptionFields,
} as const
export const filterOptionFields = { filters: 'required', ...windowOptionFields } as const

export const windowFields = { filters: count, kernel: count }
export const windowOptions = () => ({
  stride: count,
  padding: choice("'same', 'valid' or a whole number of at least 0", oneOf('same', 'valid'), natural),
  ...weightOptions(),
})
export const dilatedOptions = () => ({ ...windowOptions(), dilation: count })

/** The options as users write them. Sizes are literal types, so that TypeScript can compute the shape. */
export interface WindowsOptions<K extends number, S extends number, P extends Padding> extends WeightOptions {
  readonly kernel: K
  readonly stride?: S
  readonly padding?: P
}
export interface WindowLayerOptions<F extends number, K extends number, S extends number, P extends Padding>
  extends WindowsOptions<K, S, P> {
  readonly filters: F
}

/** One axis of a convolution: windows of `kernel` pixels, `stride` apart, over n pixels with zero padding. */
export interface Axis {
  readonly kernel: number
  readonly stride: number
  readonly padding: Padding
}

/** The axis of a dilated convolution, whose windows span more pixels. */
export const axisOf = ({ kernel, stride = 1, padding = 'same', dilation = 1 }: Windows & Dilation): Axis => ({
  kernel: (kernel - 1) * dilation + 1,
  stride,
  padding,
})

/** The zeros before and after n pixels. With 'same', an odd zero goes after, as in TensorFlow. */
export const paddingOf = ({ kernel, stride, padding }: Axis, n: number): readonly [number, number] => {
  if (padding === 'valid') return [0, 0]
  if (padding !== 'same') return [padding, padding]
  const total = Math.max((Math.ceil(n / stride) - 1) * stride + kernel - n, 0)
  const before = Math.floor(total / 2)
  return [before, total - before]
}

/** The number of windows over n pixels. */
export const windows = (axis: Axis, n: number): number => {
  const [before, after] = paddingOf(axis, n)
  return Math.floor((n + before + after - axis.kernel) / axis.stride) + 1
}

/** The output size of the transposed convolution of n pixels. */
export const unwindowed = ({ kernel, stride, padding }: Axis, n: number): number => {
  if (padding === 'same') return n * stride
  if (padding === 'valid') return n * stride + Math.max(kernel - stride, 0)
  return (n - 1) * stride + kernel - 2 * padding
}

/** The window parameters of the op, for h x w pixels. */
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
        hint: 'A number is the count of zeros on each side.',
      }

/** The problems of the window options. */
export const checkWindows = (layer: Windows & Dilation): Problem | undefined => {
  const { kernel, stride = 1, dilation = 1, padding = 'same' } = layer
  return (
    checkSize('kernel', kernel) ??
    checkSize('stride', stride) ??
    checkSize('dilation', dilation) ??
    checkPadding(padding) ??
    checkWeights(layer)
  )
}

/** The problems of a layer's options. */
export const checkWindow = (layer: WindowLayer & Dilation): Problem | undefined =>
  checkSize('filters', layer.filters) ?? checkWindows(layer)

/** The problem of windows that do not fit. */
export const checkCovers = (layer: Windows & Dilation, axes: Shape): Problem | undefined => {
  const axis = axisOf(layer)
  const side = (n: number): string => axes.map(() => n).join(' x ')
  return axes.every((n) => windows(axis, n) > 0)
    ? undefined
    : {
        expected: `room for a window of ${side(axis.kernel)} pixels`,
        found: `${axes.join(' x ')} pixels`,
        hint: "Make the kernel smaller or the padding wider, 'same' for instance.",
      }
}

/** Whether some window covers at least one pixel that is not padding. */
const readsAny = (layer: Windows & Dilation, n: number): boolean => {
  const { dilation = 1 } = layer
  const axis = axisOf(layer)
  const [before] = paddingOf(axis, n)
  for (let tap = 0; tap < layer.kernel; tap++) {
    const first = before - tap * dilation
    const window = Math.max(0, Math.ceil(first / axis.stride))
    if (window < windows(axis, n) && window * axis.stride < first + n) return true
  }
  return false
}

/** What a convolution loses if all its windows cover only padding. */
export const degenerateWindows = (layer: Windows & Dilation, axes: Shape): Degeneracy | undefined =>
  axes.every((n) => readsAny(layer, n))
    ? undefined
    : {
        leaves: 'nothing',
        message: 'reads only the padding around its input, so its result is always the same',
        hint: 'Make dilation, stride or padding smaller, or the kernel odd.',
      }
