import { type Lowering, two } from '../lowering.ts'
import { windowAttributes } from './convolution.ts'
import { slice, transpose } from './movement.ts'

/**
 * A convolution's gradient by its filter is a convolution too: of the image by the gradient of what it made, with channels
 * and batch changing places, and with the stride between the filter's pixels. It may make more rows and columns than the
 * filter has, where a window did not reach the image's end.
 */
export const filterAsConvolution: Lowering<'conv2dFilter'> = (node, scope) => {
  const [image, made] = two(node).map(scope.whole)
  if (image === undefined || made === undefined) throw new Error('an input is missing')
  const { strides, padding } = node.params
  const x = transpose(scope, image, [3, 1, 2, 0])
  const filter = transpose(scope, made, [1, 2, 0, 3])
  const places = ([0, 1] as const).map((axis) => {
    const [before, after] = padding[axis]
    const span = ((made.shape[axis + 1] ?? 1) - 1) * strides[axis] + 1
    return (image.shape[axis + 1] ?? 1) + before + after - span + 1
  })
  const shape = [x.shape[0] ?? 1, ...places, filter.shape[3] ?? 1]
  const attributes = { ...windowAttributes({ strides: [1, 1], padding }), dilations: strides }
  const convolved = scope.kernel('Conv2D', { x: x.slot, filter: filter.slot }, attributes, shape)
  const cut = slice(scope, convolved, {
    starts: [0, 0, 0, 0],
    sizes: [shape[0] ?? 1, ...node.params.size, shape[3] ?? 1],
  })
  return transpose(scope, cut, [1, 2, 0, 3])
}
