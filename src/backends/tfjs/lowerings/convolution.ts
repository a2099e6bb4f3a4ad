import type { Window } from '../../../ir/program.ts'
import { two } from '../../core/inputs.ts'
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
    const [x, filter] = two(node).map((id) => scope.whole(id).slot)
    return scope.kernel(
      'Conv2D',
      { x: x ?? 0, filter: filter ?? 0 },
      { ...windowAttributes(node.params), dilations: [1, 1] },
      node.shape,
    )
  },
  conv2dInput: (node, scope) => {
    const [dy, filter] = two(node).map((id) => scope.whole(id).slot)
    return scope.kernel(
      'Conv2DBackpropInput',
      { dy: dy ?? 0, filter: filter ?? 0 },
      { ...windowAttributes(node.params), inputShape: node.shape },
      node.shape,
    )
  },
  conv2dFilter: (node, scope) => {
    const [x, dy] = two(node).map((id) => scope.whole(id).slot)
    return scope.kernel(
      'Conv2DBackpropFilter',
      { x: x ?? 0, dy: dy ?? 0 },
      { ...windowAttributes(node.params), filterShape: node.shape },
      node.shape,
    )
  },
} satisfies Partial<Table>
