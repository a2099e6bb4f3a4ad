import * as t from '#io-ts'
import { checkNumbers } from '../../codecs/argument.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'
import { size } from '../../ir/program.ts'
import type { InitializerDefinition } from './definition.ts'
import { orthogonalMatrix } from './orthogonalMatrix.ts'

interface Orthogonal {
  readonly type: 'orthogonal'
  readonly gain: number
}

/**
 * A matrix whose rows or columns, whichever are fewer, are orthogonal and have length `gain`. Saxe et al. 2014.
 *
 * @example dense(128, { init: init.orthogonal() })
 */
export const orthogonal = (gain = 1): Orthogonal => {
  checkNumbers('init.orthogonal', { gain })
  return { type: 'orthogonal', gain }
}

/** The rows and columns of a tensor as a matrix: columns are the last axis. A scalar is a 1 x 1 matrix. */
const matrixOf = (shape: Shape): readonly [number, number] => {
  const columns = shape.length === 0 ? 1 : at(shape, shape.length - 1)
  return [size(shape) / columns, columns]
}

export const orthogonalDefinition: InitializerDefinition<Orthogonal> = {
  codec: () => struct({ type: t.literal('orthogonal'), gain: finite }),
  fill: ({ gain }, { shape }, random) => {
    const [rows, columns] = matrixOf(shape)
    return orthogonalMatrix(rows, columns, random.normal, gain)
  },
  rootMeanSquare: ({ gain }, { shape }) => Math.abs(gain) / Math.sqrt(Math.max(...matrixOf(shape))),
}
