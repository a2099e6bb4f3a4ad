import { at } from '../../../ir/present.ts'
import type { Shape, Window } from '../../../ir/program.ts'
import type { Differences } from '../differences.ts'
import type { Lowering, Value } from '../lowering.ts'
import { pad } from '../lowerings/movement.ts'

/** What TensorFlow calls SAME: as few zeros as give a window at every stride, the odd one at the end. */
const samePadding = (size: number, kernel: number, stride: number): readonly [number, number] => {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}

const isSame = ({ strides, padding }: Window, image: Shape, filter: Shape): boolean =>
  ([0, 1] as const).every((axis) => {
    const [before, after] = samePadding(at(image, axis + 1), at(filter, axis), strides[axis])
    return padding[axis][0] === before && padding[axis][1] === after
  })

const margins = ({ padding: [[top, bottom], [left, right]] }: Window) => ({
  before: [0, top, left, 0],
  after: [0, bottom, right, 0],
})

const filterGradient: Lowering<'conv2dFilter'> = (node, scope) => {
  const [image, dy] = [scope.whole(node.inputs[0]), scope.whole(node.inputs[1])]
  const of = (x: Value, kind: 'same' | 'valid'): Value =>
    scope.kernel(
      'Conv2DBackpropFilter',
      { x: x.slot, dy: dy.slot },
      {
        strides: node.params.strides,
        pad: kind,
        dataFormat: 'NHWC',
        dimRoundingMode: 'floor',
        filterShape: node.shape,
      },
      node.shape,
    )
  return isSame(node.params, image.shape, node.shape)
    ? of(image, 'same')
    : of(pad(scope, image, margins(node.params)), 'valid')
}

/** tfjs-node 4.22. Its fused kernels are made of the others, and save nothing. */
export const nodeDifferences: Differences = {
  ops: {
    conv2dFilter: {
      lowering: filterGradient,
      reason:
        'the kernel takes only what TensorFlow calls SAME and VALID, and TensorFlow is slower where it is told of others',
    },
  },
  fused: [],
  batched: false,
}
