import { at } from '../../../ir/present.ts'
import type { NodeOf, Shape } from '../../../ir/program.ts'
import type { Lowering, Scope, Value } from '../lowering.ts'
import { windowAttributes } from './convolution.ts'
import { pad, reshape, slice, transpose } from './movement.ts'

/** The gradients of a convolution, each as a convolution: for rows whose kernels for them are missing or slow. */

type Pair = readonly [number, number]

const both = (node: NodeOf<'conv2dInput' | 'conv2dFilter'>, scope: Scope): readonly [Value, Value] => {
  const [first, second] = node.inputs
  return [scope.whole(first), scope.whole(second)]
}

/** The sizes of an image or of a filter. */
const fourOf = (shape: Shape): readonly [number, number, number, number] => [
  at(shape, 0),
  at(shape, 1),
  at(shape, 2),
  at(shape, 3),
]

const along = (make: (axis: 0 | 1) => number): Pair => [make(0), make(1)]

const convolve = (
  scope: Scope,
  x: Value,
  filter: Value,
  { padding, dilations }: { readonly padding: readonly [Pair, Pair]; readonly dilations: Pair },
): Value => {
  const places = along((axis) => {
    const span = (at(filter.shape, axis) - 1) * dilations[axis] + 1
    return at(x.shape, axis + 1) + padding[axis][0] + padding[axis][1] - span + 1
  })
  const shape = [at(x.shape, 0), ...places, at(filter.shape, 3)]
  const attributes = { ...windowAttributes({ strides: [1, 1], padding }), dilations }
  return scope.kernel('Conv2D', { x: x.slot, filter: filter.slot }, attributes, shape)
}

/**
 * By the filter: the image by the gradient of what it made, with channels and batch in each other's place, and with the
 * stride between the filter's pixels. It may make more rows and columns than the filter has, where a window did not reach
 * the image's end.
 */
export const filterGradient: Lowering<'conv2dFilter'> = (node, scope) => {
  const [image, made] = both(node, scope)
  const { strides, padding, size: kernel } = node.params
  const x = transpose(scope, image, [3, 1, 2, 0])
  const filter = transpose(scope, made, [1, 2, 0, 3])
  const whole = convolve(scope, x, filter, { padding, dilations: strides })
  const [channels, , , features] = fourOf(whole.shape)
  const cut = slice(scope, whole, { starts: [0, 0, 0, 0], sizes: [channels, ...kernel, features] })
  return transpose(scope, cut, [1, 2, 0, 3])
}

/** The filter with zeros at its ends, so that the stride divides its height and width. */
const evenFilter = (scope: Scope, filter: Value, taps: Pair, strides: Pair): Value => {
  const [height, width] = along((axis) => taps[axis] * strides[axis] - at(filter.shape, axis))
  return pad(scope, filter, { before: [0, 0, 0, 0], after: [height, width, 0, 0] })
}

/** Filters for all pixels of a block at once: `[taps, taps, features, pixels of a block * channels]`, taps back to front. */
const blockFilter = (scope: Scope, filter: Value, taps: Pair, [down, across]: Pair): Value => {
  const [, , c, f] = fourOf(filter.shape)
  const even = reshape(scope, evenFilter(scope, filter, taps, [down, across]), [taps[0], down, taps[1], across * c * f])
  const reversed = scope.kernel('Reverse', { x: even.slot }, { dims: [0, 2] }, even.shape)
  const split = reshape(scope, reversed, [taps[0], down, taps[1], across, c, f])
  return reshape(scope, transpose(scope, split, [0, 2, 5, 1, 3, 4]), [...taps, f, down * across * c])
}

/** Blocks of pixels, each of which stands in the channels, laid out as an image. */
const unfold = (scope: Scope, blocks: Value, [down, across]: Pair, channels: number): Value => {
  const [b, rows, columns] = fourOf(blocks.shape)
  const split = reshape(scope, blocks, [b, rows, columns, down, across, channels])
  return reshape(scope, transpose(scope, split, [0, 1, 3, 2, 4, 5]), [b, rows * down, columns * across, channels])
}

/** What of an image lies within a padding, and zeros where it ends before. */
const crop = (scope: Scope, image: Value, corner: Pair, shape: Shape): Value => {
  const there = along((axis) => Math.min(at(shape, axis + 1), at(image.shape, axis + 1) - corner[axis]))
  const part = slice(scope, image, { starts: [0, ...corner, 0], sizes: [at(shape, 0), ...there, at(shape, 3)] })
  return pad(scope, part, { before: [0, 0, 0, 0], after: shape.map((n, axis) => n - at(part.shape, axis)) })
}

/**
 * By the image: cut into blocks of as many pixels as the window strides, each pixel of a block meets filter taps of its own,
 * a stride apart, and all of them the same outputs. So one convolution of stride 1 makes all pixels of a block as channels.
 */
export const inputGradient: Lowering<'conv2dInput'> = (node, scope) => {
  const [made, filter] = both(node, scope)
  const { strides, padding } = node.params
  const taps = along((axis) => Math.ceil(at(filter.shape, axis) / strides[axis]))
  const around = along((axis) => taps[axis] - 1)
  const blocks = convolve(scope, made, blockFilter(scope, filter, taps, strides), {
    padding: [
      [around[0], around[0]],
      [around[1], around[1]],
    ],
    dilations: [1, 1],
  })
  const image = unfold(scope, blocks, strides, at(node.shape, 3))
  return crop(scope, image, [padding[0][0], padding[1][0]], node.shape)
}
