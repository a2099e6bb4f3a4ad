import * as t from '#io-ts'
import { at } from '../../ir/ops/op.ts'
import { type Shape, size } from '../../ir/program.ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { append } from '../graph.ts'
import type { Net } from '../net.ts'
import type { Shapes, WithLast } from '../shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, checkSize, rule } from './rule.ts'
import { addBias, type WeightOptions, weightOptions, weights } from './weights.ts'

export interface DenseLayer extends WeightOptions {
  readonly type: 'dense'
  readonly units: number
}

/** Every unit reads the whole last axis: x kernel + bias, `[..., in] -> [..., units]`. Glorot weights, zero biases. */
export const dense =
  <U extends number>(units: U, options: WeightOptions = {}) =>
  <I extends Shapes, S extends Shape>(net: Net<I, S>): Net<I, WithLast<S, U>> =>
    append({ type: 'dense', units, ...options })(net)

export const denseDefinition: LayerDefinition<DenseLayer> = {
  codec: struct({ type: t.literal('dense'), units: count }, weightOptions),
  arity: 1,
  mixesSamples: false,
  shape: ({ units }, [x = []]) => rule([checkSize('units', units), checkHasAxis(x)], [...x.slice(0, -1), units]),
  parameters: (layer, [x = []]) => {
    const fanIn = x.at(-1) ?? 1
    return weights(layer, { shape: [fanIn, layer.units], fanIn, fanOut: layer.units }, layer.units)
  },
  slots: () => ({}),
  lower: (layer, context, inputs) => {
    const x = at(inputs, 0)
    const { builder, parameter } = context
    const leading = builder.shape(x).slice(0, -1)
    const rows = builder.reshape(x, [size(leading), builder.shape(x).at(-1) ?? 1])
    const y = addBias(layer, context, builder.matmul(rows, parameter('kernel')))
    return builder.reshape(y, [...leading, layer.units])
  },
}
