import type { NodeOf, Shape, Window } from '../../../ir/program.ts'
import type { Differences } from '../differences.ts'
import { type Lowering, type Scope, two, type Value } from '../lowering.ts'
import { pad, slice } from '../lowerings/movement.ts'

/** What TensorFlow calls SAME: as few zeros as give a window at every stride, the odd one at the end. */
const samePadding = (size: number, kernel: number, stride: number): readonly [number, number] => {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}

const isSame = ({ strides, padding }: Window, image: Shape, filter: Shape): boolean =>
  ([0, 1] as const).every((axis) => {
    const [before, after] = samePadding(image[axis + 1] ?? 1, filter[axis] ?? 1, strides[axis])
    return padding[axis][0] === before && padding[axis][1] === after
  })

const attributes = ({ strides }: Window, kind: 'same' | 'valid') =>
  ({ strides, pad: kind, dataFormat: 'NHWC', dimRoundingMode: 'floor' }) as const

const both = (node: NodeOf<'conv2dInput' | 'conv2dFilter'>, scope: Scope): readonly [Value, Value] => {
  const [first, second] = two(node)
  return [scope.whole(first), scope.whole(second)]
}

const margins = ({ padding: [[top, bottom], [left, right]] }: Window) => ({
  before: [0, top, left, 0],
  after: [0, bottom, right, 0],
})

const inputGradient: Lowering<'conv2dInput'> = (node, scope) => {
  const [dy, filter] = both(node, scope)
  const to = (shape: Shape, kind: 'same' | 'valid'): Value =>
    scope.kernel(
      'Conv2DBackpropInput',
      { dy: dy.slot, filter: filter.slot },
      { ...attributes(node.params, kind), inputShape: shape },
      shape,
    )
  if (isSame(node.params, node.shape, filter.shape)) return to(node.shape, 'same')
  const { before, after } = margins(node.params)
  const padded = node.shape.map((n, axis) => n + (before[axis] ?? 0) + (after[axis] ?? 0))
  return slice(scope, to(padded, 'valid'), { starts: before, sizes: node.shape })
}

const filterGradient: Lowering<'conv2dFilter'> = (node, scope) => {
  const [image, dy] = both(node, scope)
  const of = (x: Value, kind: 'same' | 'valid'): Value =>
    scope.kernel(
      'Conv2DBackpropFilter',
      { x: x.slot, dy: dy.slot },
      { ...attributes(node.params, kind), filterShape: node.shape },
      node.shape,
    )
  return isSame(node.params, image.shape, node.shape)
    ? of(image, 'same')
    : of(pad(scope, image, margins(node.params)), 'valid')
}

const reason = 'the kernel takes only the paddings SAME and VALID'

/** tfjs-node 4.22. Its fused kernels are made of the others, and save nothing. */
export const nodeDifferences: Differences = {
  ops: {
    conv2dInput: { lowering: inputGradient, reason },
    conv2dFilter: { lowering: filterGradient, reason },
  },
  fused: [],
}
