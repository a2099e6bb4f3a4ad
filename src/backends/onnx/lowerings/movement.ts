import { at } from '../../../ir/present.ts'
import type { Params, Shape } from '../../../ir/program.ts'
import { int, ints } from '../graph.ts'
import type { Scope, Table } from '../lowering.ts'

export const reshape = (scope: Scope, name: string, shape: Shape): string =>
  scope.node('Reshape', [name, scope.integers(shape)])

export const transpose = (scope: Scope, name: string, permutation: readonly number[]): string =>
  permutation.every((axis, place) => axis === place)
    ? name
    : scope.node('Transpose', [name], { perm: ints(permutation) })

/** A part of `x` from `starts` to before `ends`, on the axes where that is less than all of it. */
export const slice = (scope: Scope, name: string, shape: Shape, { starts, sizes }: Params['slice']): string => {
  const axes = shape.flatMap((n, axis) => (sizes[axis] === n ? [] : [axis]))
  if (axes.length === 0) return name
  const from = axes.map((axis) => at(starts, axis))
  const to = axes.map((axis, place) => at(from, place) + at(sizes, axis))
  return scope.node('Slice', [name, scope.integers(from), scope.integers(to), scope.integers(axes)])
}

/** ONNX's Pad does not accept scalars, which need no padding. */
const pad = (scope: Scope, name: string, { before, after }: Params['pad']): string =>
  [...before, ...after].every((zeros) => zeros === 0)
    ? name
    : scope.node('Pad', [name, scope.integers([...before, ...after]), scope.floats([], [0])])

export const movementLowerings = {
  reshape: (node, scope) => ({ name: reshape(scope, scope.whole(node.inputs[0]), node.shape), shape: node.shape }),
  transpose: (node, scope) => ({
    name: transpose(scope, scope.whole(node.inputs[0]), node.params.permutation),
    shape: node.shape,
  }),
  concat: (node, scope) => ({
    name: scope.node('Concat', node.inputs.map(scope.whole), { axis: int(node.params.axis) }),
    shape: node.shape,
  }),
  slice: (node, scope) => ({
    name: slice(scope, scope.whole(node.inputs[0]), scope.shape(node.inputs[0]), node.params),
    shape: node.shape,
  }),
  pad: (node, scope) => ({ name: pad(scope, scope.whole(node.inputs[0]), node.params), shape: node.shape }),
} satisfies Partial<Table>
