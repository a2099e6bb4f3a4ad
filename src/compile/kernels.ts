import { type TensorName, tensorIn } from '../dsl/names/stateName.ts'
import { at } from '../ir/present.ts'
import { type Shape, size } from '../ir/program.ts'
import type { CheckedNetwork } from './network.ts'

/** A trained tensor that is a matrix of weights. */
export interface Kernel {
  readonly name: TensorName
  readonly shape: Shape
  /** From rows (what is read) to columns. */
  readonly matrix: Shape
}

/** A network's matrices of weights: its trained tensors of two axes or more. */
export const kernelsOf = ({ nodes }: CheckedNetwork): readonly Kernel[] =>
  nodes
    .flatMap(({ place, parameters }) =>
      Object.entries(parameters).map(([name, { shape }]) => ({ name: tensorIn(place, name), shape })),
    )
    .filter(({ shape }) => shape.length > 1)
    .map((kernel) => ({ ...kernel, matrix: matrixOf(kernel.shape) }))

const matrixOf = (shape: Shape): Shape => [size(shape.slice(0, -1)), at(shape, shape.length - 1)]
