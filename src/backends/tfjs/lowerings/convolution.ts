import type { Window } from '../../../ir/program.ts'
import type { Table } from '../lowering.ts'

/** How tfjs is told of a window. */
export const windowAttributes = ({ strides, padding: [[top, bottom], [left, right]] }: Window) =>
  ({
    strides,
    pad: [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  }) as const

export const convolutionLowerings = {
  conv2d: (node, scope) => {
    const [first, second] = node.inputs
    return scope.kernel(
      'Conv2D',
      { x: scope.whole(first).slot, filter: scope.whole(second).slot },
      { ...windowAttributes(node.params), dilations: [1, 1] },
      node.shape,
    )
  },
  conv2dInput: (node, scope) => {
    const [first, second] = node.inputs
    return scope.kernel(
      'Conv2DBackpropInput',
      { dy: scope.whole(first).slot, filter: scope.whole(second).slot },
      { ...windowAttributes(node.params), inputShape: node.shape },
      node.shape,
    )
  },
  conv2dFilter: (node, scope) => {
    const [first, second] = node.inputs
    return scope.kernel(
      'Conv2DBackpropFilter',
      { x: scope.whole(first).slot, dy: scope.whole(second).slot },
      { ...windowAttributes(node.params), filterShape: node.shape },
      node.shape,
    )
  },
} satisfies Partial<Table>
