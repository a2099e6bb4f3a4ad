import type { NodeOf, Shape } from '../../../ir/program.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { backwards, forwards, gradient, type Lower } from './algorithm.ts'
import { type Algorithms, type ConvolutionOp, chooseAlgorithm } from './choice.ts'
import { columnsFilter, columnsForward, columnsInput } from './columns.ts'
import { directFilter, directForward, directInput } from './direct.ts'
import { geometry } from './geometry.ts'
import { phasesInput } from './phases.ts'
import { winogradFilter, winogradForward, winogradInput } from './winograd.ts'

type Shapes = { readonly image: Shape; readonly filter: Shape; readonly output: Shape }

const convolution =
  <O extends ConvolutionOp>(
    op: O,
    ways: { readonly [W in Algorithms[O]]: Lower },
    /** Which operands are the image, the filter and the output. */
    roles: (left: Shape, right: Shape, result: Shape) => Shapes,
  ) =>
  (node: NodeOf<O>, scope: Scope): Value => {
    const [left, right] = node.inputs
    const { image, filter, output } = roles(scope.shape(left), scope.shape(right), node.shape)
    const g = geometry(node.params, image, filter, output)
    return {
      name: ways[chooseAlgorithm(op, g, scope.processor)](scope, scope.whole(left), scope.whole(right), g),
      shape: node.shape,
    }
  }

export const convolutionLowerings = {
  conv2d: convolution(
    'conv2d',
    { columns: forwards(columnsForward), winograd: forwards(winogradForward), direct: forwards(directForward) },
    (image, filter, output) => ({ image, filter, output }),
  ),
  conv2dInput: convolution(
    'conv2dInput',
    {
      columns: backwards(columnsInput),
      phases: backwards(phasesInput),
      winograd: backwards(winogradInput),
      direct: backwards(directInput),
    },
    (output, filter, image) => ({ image, filter, output }),
  ),
  conv2dFilter: convolution(
    'conv2dFilter',
    { columns: gradient(columnsFilter), winograd: gradient(winogradFilter), direct: gradient(directFilter) },
    (image, output, filter) => ({ image, filter, output }),
  ),
} satisfies Partial<Table>
