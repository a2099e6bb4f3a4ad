import * as t from '#io-ts'
import { checkSizes } from '../../codecs/argument.ts'
import { name } from '../../codecs/dictionary.ts'
import { shape } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import { leaf } from '../networks/graph.ts'
import type { InputLayer } from '../networks/layerGraph.ts'
import type { Net } from '../networks/net.ts'
import { checkShape } from '../types/checkShape.ts'
import { type Listed, listed, type Mutable } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

/**
 * An input of a network, with the shape of one sample: `[h, w, c]` for images. If a network has several inputs, name each of them.
 *
 * @example pipe(input([28, 28, 1], 'image'), flatten, dense(1))
 */
export const input = <const S extends Listed, N extends string = 'x'>(
  shape: S,
  ...[name]: [name?: N]
): Net<{ readonly [K in N]: Mutable<S> }, Mutable<S>> => {
  checkSizes('input', shape)
  return leaf({ type: 'input', name: name ?? 'x', shape: listed(shape) })
}

export const inputDefinition: LayerDefinition<InputLayer, 0> = {
  codec: () => struct({ type: t.literal('input'), name, shape }),
  arity: 0,
  mixesSamples: false,
  shape: (layer) => rule([checkShape(layer.shape)], layer.shape),
  parameters: () => ({}),
  slots: () => ({}),
  lower: (layer, context) => context.input(layer.name),
}
