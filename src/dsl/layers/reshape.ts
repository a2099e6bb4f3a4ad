import * as t from '#io-ts'
import { checkSizes } from '../../codecs/argument.ts'
import { shape } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { at } from '../../ir/present.ts'
import { type Shape, showShape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Net } from '../networks/net.ts'
import type { Product } from '../types/arith.ts'
import { checkShape } from '../types/checkShape.ts'
import { type Agree, type Listed, listed, type Mutable, type Shapes, type Show } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

export interface ReshapeLayer {
  readonly type: 'reshape'
  readonly shape: Shape
}

type Reshapes<I extends Shapes, S extends Shape, T extends Shape> =
  Agree<[Product<S>], [Product<T>]> extends true
    ? Net<I, S>
    : `reshape to ${Show<T>} needs ${Product<T>} numbers, but here it gets ${Show<S>}, which is ${Product<S>}`

/**
 * Reshapes a sample, in row-major order. The number of elements must stay the same.
 *
 * @example pipe(input([16]), dense(7 * 7 * 8), reshape([7, 7, 8]))
 */
export const reshape = <const T extends Listed>(shape: T) => {
  checkSizes('reshape', shape)
  return <I extends Shapes, S extends Shape>(net: Reshapes<I, S, Mutable<T>>): Net<I, Mutable<T>> =>
    append({ type: 'reshape', shape: listed(shape) })(net)
}

const checkCount = (shape: Shape, x: Shape): Problem | undefined =>
  size(shape) === size(x)
    ? undefined
    : {
        expected: `${size(shape)} numbers, for ${showShape(shape)}`,
        found: `${size(x)}, in ${showShape(x)}`,
        hint: 'Give a shape with the same number of elements, or put dense(...) before it.',
      }

export const reshapeDefinition: LayerDefinition<ReshapeLayer, 1> = {
  codec: () => struct({ type: t.literal('reshape'), shape }),
  arity: 1,
  mixesSamples: false,
  shape: ({ shape }, [x]) => rule([checkShape(shape) ?? checkCount(shape, x)], shape),
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ shape }, { builder }, [x]) => {
    return builder.reshape(x, [at(builder.shape(x), 0), ...shape])
  },
}
