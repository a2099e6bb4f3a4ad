import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { batched } from '../../ir/axes.ts'
import { type Shape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Called, Net } from '../networks/net.ts'
import type { Flat, Shapes } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

export interface FlattenLayer {
  readonly type: 'flatten'
}

/**
 * Flattens a sample to a vector, in row-major order: `[h, w, c] -> [h w c]`.
 *
 * @example pipe(input([28, 28, 1]), flatten, dense(1))
 */
export const flatten = <I extends Shapes = Called, S extends Shape = Shape>(net?: Net<I, S>): Net<I, Flat<S>> =>
  append({ type: 'flatten' })(net)

export const flattenDefinition: LayerDefinition<FlattenLayer, 1> = {
  codec: () => struct({ type: t.literal('flatten') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([], [size(x)]),
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: (_, { builder }, [x]) => {
    const [batch, ...rest] = batched(builder.shape(x))
    return builder.reshape(x, [batch, size(rest)])
  },
}
