import * as t from '#io-ts'
import { checkNumber, checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize } from '../../ir/axes.ts'
import { type Shape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Net } from '../networks/net.ts'
import type { Shapes, WithLast } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, checkSize, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import {
  addBias,
  checkWeights,
  kernelOf,
  type WeightOptions,
  weightOptionFields,
  weightOptions,
  weightSlots,
  weights,
} from './weights.ts'

export interface DenseLayer extends WeightOptions {
  readonly type: 'dense'
  readonly units: number
}

/**
 * A fully connected layer over the last axis: x kernel + bias, `[..., in] -> [..., units]`. Glorot weights, zero biases.
 *
 * @example pipe(input([2]), dense(128), relu, dense(1))
 */
export const dense = <U extends number>(units: U, options: WeightOptions = {}) => {
  checkNumber('dense', 'units', units, 'Write dense(64).')
  checkOptions<WeightOptions>('dense', options, weightOptionFields, 'dense(64, {})')
  return <I extends Shapes, S extends Shape>(net: Net<I, S>): Net<I, WithLast<S, U>> =>
    append({ type: 'dense', units, ...options })(net)
}

const kernel = ({ units }: DenseLayer, x: Shape): Kernel => {
  const fanIn = lastSize(x)
  return { shape: [fanIn, units], fanIn, fanOut: units }
}

export const denseDefinition: LayerDefinition<DenseLayer, 1> = {
  codec: () => struct({ type: t.literal('dense'), units: count }, weightOptions()),
  arity: 1,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x]) =>
    rule([checkSize('units', layer.units), checkHasAxis(x), checkWeights(layer)], [...x.slice(0, -1), layer.units]),
  parameters: (layer, [x]) => weights(layer, kernel(layer, x), layer.units),
  slots: (layer, [x]) => weightSlots(layer, kernel(layer, x)),
  lower: (layer, context, [x]) => {
    const { builder } = context
    const leading = builder.shape(x).slice(0, -1)
    const weight = kernelOf(layer, context, kernel(layer, builder.shape(x)))
    const rows = builder.reshape(x, [size(leading), lastSize(builder.shape(x))])
    const y = addBias(layer, context, builder.matmul(rows, weight))
    return builder.reshape(y, [...leading, layer.units])
  },
}
